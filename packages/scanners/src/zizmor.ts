import { join, relative } from "node:path";
import * as z from "zod";
import { runScanner } from "./run-scanner";
import type { WorkflowProblem } from "./workflow-files";

/** https://docs.zizmor.sh, MIT */
const zizmor = {
  name: "zizmor",
  version: "1.32.0",
  program: "zizmor",
  requirements: join(__dirname, "zizmor-requirements.txt"),
};

const location = z.object({
  symbolic: z.object({
    key: z.object({ Local: z.object({ verbatim_path: z.string() }) }),
    kind: z.string(),
  }),
  concrete: z.object({ location: z.object({ start_point: z.object({ row: z.number() }) }) }),
});
const report = z.array(
  z.object({ ident: z.string(), desc: z.string(), url: z.string(), locations: z.array(location).min(1) }),
);

/**
 * Security problems in the workflows and actions of a `.github` folder, found offline. Settings are in its `zizmor.yml`.
 * @throws {ScannerError} when zizmor cannot read a file
 */
export async function zizmorProblems(folder: string): Promise<WorkflowProblem[]> {
  const parameters = [
    ...["--offline", "--no-progress", "--strict-collection", "--no-exit-codes"],
    ...["--format", "json-v1", "--config", join(folder, "zizmor.yml"), folder],
  ];
  const found = await runScanner(zizmor, parameters, report);
  return found.map(({ ident, desc, url, locations }) => {
    const primary = locations.find(({ symbolic }) => symbolic.kind === "Primary") ?? locations[0];
    return {
      file: relative(folder, primary?.symbolic.key.Local.verbatim_path ?? folder),
      line: (primary?.concrete.location.start_point.row ?? 0) + 1,
      rule: ident,
      message: `${desc} (${url})`,
    };
  });
}
