import { userError } from "../core/errors";

/** Removes what the local cloud holds, without Terraform. */
const reset = "npm run cli -- reset";

/** @param isLocal whether Terraform used the local cloud */
export function deployFailed(what: string, log: string, lastLines: string, isLocal: boolean) {
  const failure = `${what} failed:\n${lastLines}`;
  if (/BucketNotEmpty/.test(lastLines))
    return userError(
      `${failure}\nTerraform does not delete a bucket that has objects.`,
      "an empty bucket",
      isLocal
        ? `delete its objects, or everything in the local cloud: ${reset}`
        : "delete its objects and their versions",
    );
  return userError(
    failure,
    "Terraform to finish",
    `read ${log}, fix the cause and start again: what was applied is kept${isLocal ? `. To start empty: ${reset}` : ""}`,
  );
}

/** @param request `GET http://…/health` */
export const unexpectedResponse = (request: string, expected: string, found: string) =>
  userError(
    `Unexpected response to ${request}: ${found}.`,
    expected,
    `fix the error in the functions' logs above; without one, stop, ${reset}, and start again`,
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
