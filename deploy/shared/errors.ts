/** A setting that cannot be deployed. Its message is meant to be read as it is, without a stack. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

/** One wrong value: which key of a file, what had to be there and what is. */
export interface Problem {
  /** Dotted path of the key, e.g. `task_queue.max_receive_count`; empty for the file as a whole. */
  readonly key: string;
  readonly expected: string;
  readonly found: string;
}

const line = ({ key, expected, found }: Problem) =>
  `  ${key === "" ? "" : `${key}: `}expected ${expected}, found ${found}`;

export const missingFile = (file: string, environments: readonly string[]) =>
  new ConfigurationError(
    [
      file,
      "  expected a tfvars file, found none",
      `  Every environment (${environments.join(", ")}) needs terraform.tfvars and backend.tfvars in each layer.`,
    ].join("\n"),
  );

export const notText = (file: string, found: string) =>
  new ConfigurationError(`${file}\n  expected a readable text file in UTF-8, found ${found}`);

export const notHcl = (file: string, reason: string) =>
  new ConfigurationError(`${file}\n  expected "key = value" lines in HCL, found ${reason}`);

export const wrongValues = (file: string, problems: readonly Problem[]) =>
  new ConfigurationError([file, ...problems.map(line)].join("\n"));

export const unknownEnvironment = (name: string, known: readonly string[]) =>
  new ConfigurationError(
    `ENVIRONMENT=${name}\n  expected one of ${known.join(", ")} (the folders of deploy/10_core/environments), found ${name}`,
  );

export const unusableEnvironmentName = (name: string, project: string, longestPrefix: number) =>
  new ConfigurationError(
    `deploy/10_core/environments/${name}\n  expected a folder name of a-z and 0-9, a letter first, ` +
      `2 to ${longestPrefix - project.length - 1} characters with the project "${project}", found ${name}`,
  );

export const unusableEndpoint = (value: string) =>
  new ConfigurationError(
    `AWS_ENDPOINT_URL=${value}\n  expected an http or https URL of an emulator, or no such variable for AWS itself`,
  );

export const missingArtifact = (path: string) =>
  new ConfigurationError(`${path}\n  expected a built zip, found none\n  Run: npm run build`);
