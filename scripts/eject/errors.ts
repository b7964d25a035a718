import { say } from "../local/errors";

export const folderTaken = (folder: string) =>
  say(`${folder} is not empty.`, "a folder that does not exist, or holds nothing", "name another one");

export const terraformRefused = (what: string, output: string) =>
  say(
    `terraform ${what} failed:\n${output}`,
    "exit code 0",
    "npm run eject reaches no cloud: check how Terraform finds its providers",
  );
