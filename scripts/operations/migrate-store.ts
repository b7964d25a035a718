import { LambdaClient, ResourceNotFoundException } from "@aws-sdk/client-lambda";
import * as z from "zod";
import { migrationsName, naming } from "../../deploy/shared/naming";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { messageOf, userError } from "../core/errors";
import { invokeFunction } from "../release/invoke-function";

/** As the function returns it: functions/migrations. */
const migrationResult = z.object({ from: z.number(), to: z.number(), changed: z.array(z.number()) });

/** The newest code, as deployments invoke it: a release before may not have the files of all migrations. */
const newest = "$LATEST";

/**
 * Migrates the database of an environment by the function of the deployment.
 * @param to the version of the schema; undefined for the newest
 * @throws {CommandError} when the environment has no database, or the migrations fail: then the schema is at the last
 * version that was reached
 */
export async function migrateStore(
  { config, client }: Pick<EnvironmentAccount, "config" | "client">,
  to: number | undefined,
): Promise<z.output<typeof migrationResult>> {
  const name = naming(config)(migrationsName);
  const event = to === undefined ? {} : { to };
  const invoked = invokeFunction(new LambdaClient(client), name, newest, event);
  const result = migrationResult.parse(
    await invoked.catch((error: unknown) => {
      if (error instanceof ResourceNotFoundException)
        throw userError(
          `There is no function ${name}: ${config.name} has no database.`,
          'store = { kind = "postgres", … } in tfvars, and a deployment',
          "see docs/operations/stores.md",
        );
      throw userError(
        `The database was not migrated: ${messageOf(error)}`,
        "migrations that the database accepts, and a version from 0 to the newest",
        `read the function's log group, /aws/lambda/${name}`,
      );
    }),
  );
  const { from, changed } = result;
  console.log(
    changed.length === 0
      ? `The schema is at version ${result.to}; nothing was changed.`
      : `The schema moved from version ${from} to ${result.to}: ${changed.length} migrations ${result.to > from ? "applied" : "reverted"}.`,
  );
  return result;
}
