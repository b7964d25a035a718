import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as z from "zod";
import { Command } from "./define-command";
import { wrongUsage } from "./errors";

const load = createRequire(__filename);
const commandModule = z.object({ default: z.instanceof(Command) });

/** A folder with a file for each command: the default export of `<name>.ts`. */
export class CommandFolder {
  constructor(private readonly folder: string) {}

  names = (): string[] =>
    readdirSync(this.folder)
      .flatMap((file) => (/^[a-z-]+\.ts$/.test(file) ? [file.slice(0, -".ts".length)] : []))
      .sort();

  /**
   * Loads one command, and none of the others.
   * @throws {UsageError} when there is no such command
   */
  load(name: string): Command {
    if (!this.names().includes(name)) throw wrongUsage(`There is no command "${name}".`);
    const loaded: unknown = load(join(this.folder, name));
    return commandModule.parse(loaded).default;
  }

  loadAll = (): Map<string, Command> => new Map(this.names().map((name) => [name, this.load(name)]));
}
