import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as z from "zod";
import { Command } from "./define-command";
import { wrongUsage } from "./errors";

const folder = join(dirname(__dirname), "commands");
const load = createRequire(__filename);
const commandModule = z.object({ default: z.instanceof(Command) });

/** The names of all commands: of the files in scripts/commands. */
export const commandNames = (): string[] =>
  readdirSync(folder)
    .flatMap((file) => (/^[a-z-]+\.ts$/.test(file) ? [file.slice(0, -".ts".length)] : []))
    .sort();

/**
 * Loads one command, and none of the others.
 * @throws {UsageError} when there is no such command
 */
export function loadCommand(name: string): Command {
  if (!commandNames().includes(name)) throw wrongUsage(`There is no command "${name}".`);
  const loaded: unknown = load(join(folder, name));
  return commandModule.parse(loaded).default;
}

export const loadCommands = (): Map<string, Command> =>
  new Map(commandNames().map((name) => [name, loadCommand(name)]));
