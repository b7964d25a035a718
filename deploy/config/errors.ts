import { ConfigurationError, wholeFileError, type Problem } from "../shared/errors";

export const missingFile = (file: string, environments: readonly string[]) =>
  wholeFileError("missing-file", file, {
    expected: "a tfvars file",
    found: "none",
    hint: `Every environment (${environments.join(", ")}) needs terraform.tfvars and backend.tfvars in each layer.`,
  });

export const unreadableFile = (file: string, found: string, options?: ErrorOptions) =>
  wholeFileError("unreadable-file", file, { expected: "a readable text file in UTF-8", found }, options);

export const invalidHcl = (file: string, found: string, options?: ErrorOptions) =>
  wholeFileError("invalid-hcl", file, { expected: '"key = value" lines in HCL', found }, options);

export const invalidSettings = (file: string, problems: readonly Problem[]) =>
  new ConfigurationError({ code: "invalid-settings", file, problems });

export const conflictingEnvironments = (problems: readonly Problem[]) =>
  new ConfigurationError({ code: "conflicting-environments", file: "deploy/*/environments", problems });

export const unknownEnvironment = (name: string, known: readonly string[]) =>
  wholeFileError("unknown-environment", `ENVIRONMENT=${name}`, {
    expected: `one of ${known.join(", ")} (the folders of deploy/10_core/environments)`,
    found: name,
  });

export const invalidEnvironmentName = (name: string, project: string, longestPrefix: number) =>
  wholeFileError("invalid-environment-name", `deploy/10_core/environments/${name}`, {
    expected:
      "a folder name of a-z and 0-9, a letter first, " +
      `2 to ${longestPrefix - project.length - 1} characters with the project "${project}"`,
    found: name,
  });
