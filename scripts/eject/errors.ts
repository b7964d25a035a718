import { userError } from "../core/errors";

export const folderTaken = (folder: string) =>
  userError(`${folder} is not empty.`, "a folder that does not exist, or holds nothing", "name another one");

export const terraformRefused = (what: string, output: string) =>
  userError(
    `terraform ${what} failed:\n${output}`,
    "exit code 0",
    "eject calls no cloud: check how Terraform finds its providers",
  );
