import { join, relative } from "node:path";
import * as z from "zod";
import { root } from "../../build/paths";
import { inherited } from "../../../packages/local-cloud/src/child-environment";
import { run } from "../../../packages/local-cloud/src/command";
import { commandFailed } from "../../local/errors";
import { localHome } from "../../../packages/local-cloud/src/home";
import { parseJson } from "../../../packages/local-cloud/src/parse-json";
import { installedPythonTool } from "../../../packages/local-cloud/src/python-tool";
import type { WorkflowProblem } from "./files";

/** https://docs.zizmor.sh, MIT */
const zizmor = {
  name: "zizmor",
  version: "1.32.0",
  program: "zizmor",
  requirements: join(__dirname, "zizmor-requirements.txt"),
};

const finding = z.object({
  ident: z.string(),
  desc: z.string(),
  url: z.string(),
  locations: z
    .array(
      z.object({
        symbolic: z.object({
          key: z.object({ Local: z.object({ verbatim_path: z.string() }) }),
          kind: z.string(),
        }),
        concrete: z.object({ location: z.object({ start_point: z.object({ row: z.number() }) }) }),
      }),
    )
    .min(1),
});

/**
 * What is unsafe in the workflows and actions of a `.github` folder; nobody on the network is asked.
 * @throws {CommandError} when zizmor cannot be installed, or cannot read a file
 */
export async function zizmorProblems(folder: string): Promise<WorkflowProblem[]> {
  const program = await installedPythonTool(zizmor, localHome(), console.log);
  const config = join(root, ".github", "zizmor.yml");
  const parameters = [
    ...["--offline", "--no-progress", "--strict-collection", "--no-exit-codes"],
    ...["--format", "json-v1", "--config", config, folder],
  ];
  const { stdout, stderr, exitCode } = await run(program, parameters, { ...inherited(), NO_COLOR: "1" });
  const found = z.array(finding).safeParse(parseJson(stdout));
  if (exitCode !== 0 || !found.success) throw commandFailed("zizmor", exitCode, `${stdout}${stderr}`);
  return found.data.map(({ ident, desc, url, locations }) => {
    const place = locations.find(({ symbolic }) => symbolic.kind === "Primary") ?? locations[0];
    return {
      file: relative(folder, place?.symbolic.key.Local.verbatim_path ?? folder),
      line: (place?.concrete.location.start_point.row ?? 0) + 1,
      rule: ident,
      message: `${desc} (${url})`,
    };
  });
}
