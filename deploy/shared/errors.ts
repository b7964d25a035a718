/** What kind of mistake it is. */
export type ConfigurationErrorCode =
  | "missing-file"
  | "unreadable-file"
  | "invalid-hcl"
  | "invalid-settings"
  | "invalid-environment-name"
  | "conflicting-environments"
  | "unknown-environment"
  | "invalid-endpoint"
  | "missing-artifact"
  | "outside-boundary"
  | "not-deployable";

/** One mistake: where it is, what was expected and what was found. */
export interface Problem {
  /** `unknown-setting`, `wrong-type`, …, or the code of a rule. */
  readonly code: string;
  /** Dotted path of the setting, e.g. `task_queue.max_receive_count`; empty for the file as a whole. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

interface Mistake {
  readonly code: ConfigurationErrorCode;
  readonly file: string;
  readonly problems: readonly Problem[];
  /** What to do next. */
  readonly hint?: string;
}

/** A setting that cannot be deployed. The message is for operators: print it without the stack. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly code: ConfigurationErrorCode;
  /** The tfvars file, or the folder or environment variable that is wrong. */
  readonly file: string;
  readonly problems: readonly Problem[];

  constructor({ code, file, problems, hint }: Mistake, options?: ErrorOptions) {
    super(
      [file, ...[...problems.map(render), ...(hint === undefined ? [] : [hint])].map(indent)].join("\n"),
      options,
    );
    this.code = code;
    this.file = file;
    this.problems = problems;
  }
}

const indent = (line: string) => `  ${line}`;
const render = ({ path, expected, found }: Problem) =>
  `${path === "" ? "" : `${path}: `}expected ${expected}, found ${found}`;

/** A mistake that concerns a file, folder or variable as a whole. */
export const wholeFileError = (
  code: ConfigurationErrorCode,
  file: string,
  { expected, found, hint }: { readonly expected: string; readonly found: string; readonly hint?: string },
  options?: ErrorOptions,
) =>
  new ConfigurationError(
    { code, file, problems: [{ code, path: "", expected, found }], ...(hint !== undefined && { hint }) },
    options,
  );
