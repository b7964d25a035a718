import type * as z from "zod";
import { inherited } from "../../local-cloud/src/child-environment";
import { run } from "../../local-cloud/src/command";
import { localPaths } from "../../local-cloud/src/local-paths";
import { parseJson } from "../../local-cloud/src/parse-json";
import { installedPythonTool, type PythonTool } from "../../local-cloud/src/python-tool";

/** A scanner printed no report. The message is complete without the stack. */
export class ScannerError extends Error {
  override readonly name = "ScannerError";
}

const lastCharacters = 2_000;

/**
 * Runs a scanner from PyPI, which is installed at its first run.
 * @param report schema of its JSON output
 * @param variables environment variables in addition to `inherited`
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
  const program = await installedPythonTool(tool, localPaths(), console.log);
  const env = { ...inherited(), NO_COLOR: "1", ...variables };
  const { stdout, stderr, exitCode } = await run(program, parameters, env, folder);
  const { data } = report.safeParse(parseJson(stdout));
  if (exitCode === 0 && data !== undefined) return data;
  throw new ScannerError(
    `${tool.name} printed no report; exit code ${exitCode ?? "none"}:\n${`${stdout}${stderr}`.slice(-lastCharacters)}`,
  );
}
