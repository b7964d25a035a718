import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One version of the schema: `migrations/0001-tasks.up.sql` and `.down.sql`. */
export interface Migration {
  /** 1, 2, 3, … */
  readonly version: number;
  readonly name: string;
  readonly up: string;
  readonly down: string;
}

const pattern = /^(\d{4})-([a-z0-9-]+)\.up\.sql$/;

/**
 * The migrations of a folder, in their order.
 * @throws {Error} when a version is missing, or has no way back
 */
export function readMigrations(folder = join(__dirname, "migrations")): Migration[] {
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const migrations = readdirSync(folder)
    .sort()
    .flatMap((file): Migration[] => {
      const [, version, name] = pattern.exec(file) ?? [];
      if (version === undefined || name === undefined) return [];
      return [{ version: Number(version), name, up: read(file), down: read(`${version}-${name}.down.sql`) }];
    });
  for (const [index, { version, name }] of migrations.entries())
    if (version !== index + 1)
      throw new Error(`Migration ${name} has the version ${version}, expected ${index + 1}`);
  return migrations;
}
