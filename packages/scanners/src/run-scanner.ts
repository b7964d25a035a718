import type * as z from "zod";
import { inherited } from "../../local-cloud/src/child-environment";
import { run } from "../../local-cloud/src/command";
import { localHome } from "../../local-cloud/src/home";
import { parseJson } from "../../local-cloud/src/parse-json";
import { installedPythonTool, type PythonTool } from "../../local-cloud/src/python-tool";

/** A scanner gave no report. The message is complete without the stack. */
export class ScannerError extends Error {
  override readonly name = "ScannerError";
}

const lastCharacters = 2_000;

/**
 * Runs a scanner of PyPI, which is installed at its first run.
 * @param report the schema of the JSON that it prints
 * @param variables of its environment, in addition to those that name no account
 * @throws {LocalCloudError} when it cannot be installed
 * @throws {ScannerError} when it fails or prints no report
 */
export async function runScanner<T>(
  tool: PythonTool,
  parameters: readonly string[],
  report: z.ZodType<T>,
  variables: NodeJS.ProcessEnv = {},
  folder?: string,
): Promise<T> {
  const program = await installedPythonTool(tool, localHome(), console.log);
  const env = { ...inherited(), NO_COLOR: "1", ...variables };
  const { stdout, stderr, exitCode } = await run(program, parameters, env, folder);
  const { data } = report.safeParse(parseJson(stdout));
  if (exitCode === 0 && data !== undefined) return data;
  throw new ScannerError(
    `${tool.name} gave no report; exit code ${exitCode ?? "none"}:\n${`${stdout}${stderr}`.slice(-lastCharacters)}`,
  );
}
