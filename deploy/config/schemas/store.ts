import * as z from "zod";
import { setting } from "./setting";

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html */
const capacity = z.number().min(0).max(256).multipleOf(0.5);

/** Where tasks are stored: docs/operations/stores.md. */
export const storeConfig = z.strictObject({
  kind: setting(
    "The table of DynamoDB (dynamodb, with table.enabled), a cluster of Aurora PostgreSQL Serverless v2 (postgres), or neither (none).",
    z.enum(["dynamodb", "none", "postgres"]),
  ),
  min_capacity: setting(
    "The least capacity of each instance in ACUs, of 2 GiB each; with 0 the cluster pauses when nothing is connected, and needs 15 s to resume.",
    capacity.default(0.5),
  ),
  max_capacity: setting(
    "The most capacity of each instance in ACUs, which limits its connections and its cost.",
    capacity.min(1).default(2),
  ),
  auto_pause_seconds: setting(
    "How long nothing is connected until the cluster pauses; for min_capacity = 0.",
    z.int().min(300).max(86_400).default(300),
  ),
  instances: setting(
    "One, or more in different zones, of which another one takes over when the first fails.",
    z.int().min(1).max(6).default(1),
  ),
  deletion_protection: setting(
    "RDS does not delete the cluster while this is enabled; without it, there is no final snapshot.",
    z.boolean().default(true),
  ),
  backup_retention_days: setting(
    "The cluster can be restored to any second of these days.",
    z.int().min(1).max(35).default(7),
  ),
});
export type StoreConfig = z.output<typeof storeConfig>;
