import { join } from "node:path";
import { CommandFolder } from "../../packages/command-line/src/command-folder";
import type { Program } from "../../packages/command-line/src/define-command";

export const program: Program = {
  invocation: "npm run cli --",
  groups: [
    "Local cloud",
    "Build",
    "Adopt",
    "Environments",
    "Deploy",
    "Terraform state",
    "Operate",
    "Verify",
    "Documents and estimates",
    "Benchmark",
  ],
  note:
    "Commands that use a cloud go to the local cloud, which npm start runs, unless --aws is given. " +
    "Exit codes: 0 success, 1 failure, 2 wrong usage. Help of a command: npm run cli -- <command> --help",
};

/** The commands: a file each in scripts/commands. */
export const commands = new CommandFolder(join(__dirname, "..", "commands"));
