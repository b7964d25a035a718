import { join } from "node:path";
import { root } from "../build/paths";
import { CommandError } from "../core/errors";
import { actionlintProblems } from "../../packages/scanners/src/actionlint";
import { workflowFiles } from "../../packages/scanners/src/workflow-files";
import { zizmorProblems } from "../../packages/scanners/src/zizmor";

/**
 * Checks every workflow and action in .github.
 * @throws {CommandError} with the linters' reports
 */
export async function checkWorkflows(): Promise<void> {
  const folder = join(root, ".github");
  const problems = [...(await actionlintProblems(folder)), ...(await zizmorProblems(folder))];
  if (problems.length > 0)
    throw new CommandError(
      problems
        .map(({ file, line, rule, message }) => `.github/${file}:${line} ${rule}: ${message}`)
        .join("\n"),
    );
  console.log(`${workflowFiles(folder).length} workflows and the actions they use: no problems.`);
}
