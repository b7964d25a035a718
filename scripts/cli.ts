import { commandHelp, commandList } from "../packages/command-line/src/help";
import { wrongUsage } from "./core/errors";
import { reportFailure } from "./core/process";
import { commands, program } from "./core/program";

let help = "npm run cli -- --help";

/** `npm run cli -- <command>`: loads that command of scripts/commands, and none of the others. */
async function main([name, ...commandLine]: readonly string[]): Promise<void> {
  if (name === "--help") {
    console.log(commandList(program, commands.loadAll()));
    return;
  }
  if (name === undefined) throw wrongUsage("Expected a command, found nothing.");
  const command = commands.load(name);
  help = `npm run cli -- ${name} --help`;
  if (isHelp(commandLine)) console.log(commandHelp(program, name, command));
  else await command.run(commandLine);
}

/** What follows `--` belongs to another program. */
function isHelp(commandLine: readonly string[]): boolean {
  const end = commandLine.indexOf("--");
  return commandLine.slice(0, end === -1 ? undefined : end).includes("--help");
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.exitCode = reportFailure(error, help);
});
