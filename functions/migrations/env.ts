import * as z from "zod/mini";
import { baseEnvironment, type EnvironmentOf } from "../shared/runtime/environment";

/** The environment of the function that migrates the database; deploy/30_app/store/migrations.ts sets it. */
export const migrationsEnvironment = z.extend(baseEnvironment, {
  /** The database as the functions use it; its user is their role. */
  DATABASE_URL: z.url(),
  /** The secret of the master user, which RDS rotates. */
  MASTER_SECRET_ARN: z.string().check(z.startsWith("arn:")),
});
export type MigrationsEnvironment = EnvironmentOf<typeof migrationsEnvironment>;
