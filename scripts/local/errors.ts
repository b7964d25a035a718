import { userError } from "../core/errors";

export const commandFailed = (command: string, exitCode: number | null, output: string) =>
  userError(
    `${command} failed${exitCode === null ? "" : ` with ${exitCode}`}:\n${output}`,
    "exit code 0",
    "fix what it reports above",
  );

export const deployFailed = (what: string, log: string, lastLines: string) =>
  userError(
    `${what} failed:\n${lastLines}`,
    "Terraform to finish",
    `read ${log}, fix the cause and start again: what was applied is kept`,
  );

export const noAnswer = (url: string, expected: string, found: string) =>
  userError(
    `${url} did not respond as expected: ${found}.`,
    expected,
    "npm run destroy -- dev, then npm start, begins again from an empty state",
  );

/** @param settings what to change, the one that decides first */
export const stillProtected = (environment: string, settings: readonly string[]) =>
  userError(
    `${environment} is protected, and nothing of it was touched.`,
    `an environment whose tfvars say otherwise; here they have to, in this order:\n${settings
      .map((setting, index) => `    ${index + 1}. ${setting}`)
      .join("\n")}`,
    `have that reviewed, apply it (npx cdktf deploy '*-${environment}'), then destroy`,
  );
