import { userError } from "../core/errors";

export const deployFailed = (what: string, log: string, lastLines: string) =>
  userError(
    `${what} failed:\n${lastLines}`,
    "Terraform to finish",
    `read ${log}, fix the cause and start again: what was applied is kept`,
  );

/** @param request `GET http://…/health` */
export const unexpectedResponse = (request: string, expected: string, found: string) =>
  userError(
    `Unexpected response to ${request}: ${found}.`,
    expected,
    "fix the error in the functions' logs above; without one, npm run destroy -- dev, then npm start",
  );

/** @param settings the settings to change, in this order */
export const stillProtected = (environment: string, settings: readonly string[]) =>
  userError(
    `${environment} is protected; nothing was changed.`,
    `an environment that is not protected; change its tfvars in this order:\n${settings
      .map((setting, index) => `    ${index + 1}. ${setting}`)
      .join("\n")}`,
    `have that reviewed, apply it (npx cdktf deploy '*-${environment}'), then destroy`,
  );
