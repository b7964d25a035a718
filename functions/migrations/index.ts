import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod/mini";
import { migrateDatabase, type MigrationResult } from "../shared/postgres/migrate";
import { readEnvironment } from "../shared/runtime/environment";
import { migrationsEnvironment } from "./env";

const environment = readEnvironment(migrationsEnvironment, process.env);
const secrets = new SecretsManagerClient();

/** `{}` applies all migrations; `{ "to": 3 }` moves the schema to a version, also back. */
const migrationsEvent = z.object({ to: z.optional(z.int().check(z.minimum(0))) });
const masterUser = z.object({ username: z.string(), password: z.string() });

/**
 * Migrates the database as its master user, whose password is read for each invocation. Deployments invoke it, and the
 * command `migrate`.
 */
export const handler = async (event: unknown): Promise<MigrationResult> => {
  const { to } = migrationsEvent.parse(event);
  const { DATABASE_URL, MASTER_SECRET_ARN } = environment;
  const { SecretString = "" } = await secrets.send(
    new GetSecretValueCommand({ SecretId: MASTER_SECRET_ARN }),
  );
  const { username, password } = masterUser.parse(JSON.parse(SecretString));
  const url = new URL(DATABASE_URL);
  const role = decodeURIComponent(url.username);
  url.username = encodeURIComponent(username);
  url.password = encodeURIComponent(password);
  const result = await migrateDatabase(url.href, role, to);
  console.info(JSON.stringify({ level: "INFO", message: "database migrated", ...result }));
  return result;
};
