import * as z from "zod";
import { migrationsName } from "../../../../deploy/shared/naming";
import { readMigrations } from "../../../../functions/shared/postgres/migrations";
import { cdktfIn, expectSuccess } from "../../../support/command";
import { postgresStore } from "../../../support/deployed-store";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { jsonCommands } from "../../../support/json-commands";
import { devPrefix } from "../../../support/names";

const newest = readMigrations().length;
const nextFile = (name: "up" | "down") =>
  `functions/shared/postgres/migrations/${String(newest + 1).padStart(4, "0")}-notes.${name}.sql`;
const columns = z.array(z.object({ column_name: z.string() }));

/** The command `migrate` on the deployed database, and deployments with another migration. */
export function migrationSteps(e2e: () => E2eEnvironment): void {
  const { cli, outputOf } = jsonCommands(e2e);
  const migrate = (...parameters: string[]) => outputOf("migrate", "dev", ...parameters);
  const succeeded = async (message: string) => {
    const { api } = e2e().service;
    return api.until((await api.create("echo", { message })).id, "succeeded");
  };
  const query = async (sql: string) => {
    const store = postgresStore(e2e().local.cloud);
    try {
      return await store.query(sql);
    } finally {
      await store.close();
    }
  };
  const hasNotes = async () =>
    columns
      .parse(await query("SELECT column_name FROM information_schema.columns WHERE table_name = 'tasks'"))
      .some(({ column_name }) => column_name === "notes");

  test("migrate changes nothing when the schema is the newest, and tasks are kept", async () => {
    const { api } = e2e().service;
    const task = await succeeded("before the migration");
    const unchanged = { from: newest, to: newest, changed: [] };
    expect(await migrate()).toEqual(unchanged);
    expect(await migrate("--to", String(newest))).toEqual(unchanged);
    expect(await api.get(task.id)).toEqual(task);
  });

  test("a version that does not exist is an error, and changes nothing", async () => {
    const { exitCode, stderr } = await cli("migrate", "dev", "--to", String(newest + 1));
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`There is no migration ${newest + 1}`);
    expect(await migrate()).toEqual({ from: newest, to: newest, changed: [] });
  });

  test("without a schema, requests get 503 and reveal nothing; the newest schema accepts tasks again", async () => {
    const all = readMigrations().map(({ version }) => version);
    expect(await migrate("--to", "0")).toEqual({ from: newest, to: 0, changed: [...all].reverse() });
    const body = { type: "echo", payload: { message: "no schema" } };
    const response = await e2e().service.api.call("POST", "/tasks", body);
    expect(response.status).toBe(503);
    expect(await response.text()).not.toMatch(
      new RegExp(`${devPrefix}|postgres|relation|does not exist`, "i"),
    );
    expect(await migrate()).toEqual({ from: 0, to: newest, changed: all });
    expect(await succeeded("after the migration")).toMatchObject({ attempts: 1 });
  });

  test("a deployment applies another migration, migrate reverts and applies it, and tasks are kept", async () => {
    const task = await succeeded("before the deployment");
    const copy = e2e().changeRepository();
    copy.write(nextFile("up"), "ALTER TABLE tasks ADD COLUMN notes text;\n");
    copy.write(nextFile("down"), "ALTER TABLE tasks DROP COLUMN notes;\n");
    const { env } = e2e().local.cloud;
    expectSuccess(await cdktfIn(copy.folder, env, "deploy", "app-dev", "--auto-approve"));
    expect(await hasNotes()).toBe(true);
    const during = await succeeded("with the newer schema");

    const back = { from: newest + 1, to: newest, changed: [newest + 1] };
    expect(await migrate("--to", String(newest))).toEqual(back);
    expect(await hasNotes()).toBe(false);
    const after = await succeeded("with the older schema");
    expect(await migrate()).toEqual({ from: newest, to: newest + 1, changed: [newest + 1] });
    expect(await hasNotes()).toBe(true);
    for (const each of [task, during, after]) expect(await e2e().service.api.get(each.id)).toEqual(each);
  });
}

/** The command `migrate` where tasks are not in PostgreSQL. */
export function noDatabaseSteps(e2e: () => E2eEnvironment): void {
  const { cli } = jsonCommands(e2e);
  test("migrate is an error that names the setting", async () => {
    const { exitCode, stdout } = await cli("migrate", "dev");
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        happened: `There is no function ${devPrefix}-${migrationsName}: dev has no database.`,
        expected: expect.stringContaining('store = { kind = "postgres"') as string,
      },
    });
  });
}
