import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** A problem of a workflow or an action. */
export interface WorkflowProblem {
  /** Path in the `.github` folder, `workflows/verify.yml`. */
  readonly file: string;
  readonly line: number;
  /** The linter's name of the rule, `template-injection`. */
  readonly rule: string;
  readonly message: string;
}

/** Every workflow in a `.github` folder, by its path in it. */
export const workflowFiles = (folder: string): string[] =>
  yamlFilesIn(join(folder, "workflows")).map((name) => `workflows/${name}`);

const yamlFilesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)) : [];
