import { userError } from "../../packages/command-line/src/errors";

export {
  CommandError,
  messageOf,
  UsageError,
  userError,
  wrongUsage,
} from "../../packages/command-line/src/errors";

export const noLocalCloud = (folder: string) =>
  userError(
    `No local cloud is running in ${folder}.`,
    "the emulator that npm start runs: commands go there unless --aws is given",
    "run npm start in another terminal; for the AWS account, add --aws",
  );

export const localCloudSilent = (endpoint: string) =>
  userError(
    `The local cloud at ${endpoint} did not respond.`,
    "a response from the emulator that npm start runs",
    "wait until npm start prints Ready, then try again",
  );

/** @param found what is missing: `There is no queue orders-dev-tasks.` */
export const notDeployed = (found: string, layer: string, environment: string, cause?: unknown) =>
  userError(found, `the ${layer} layer of ${environment}`, `deploy ${environment} first`, cause);
