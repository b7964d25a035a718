/** The database of tasks, the role of the functions in it, and its master user. */
export const database = { name: "tasks", role: "tasks_app", masterUser: "postgres", port: 5432 } as const;

/** The secrets that RDS creates for master users: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html */
export const masterSecretName = "rds!cluster-*";

/**
 * Connections that an instance accepts for each ACU of its most capacity, rounded down:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.max-connections
 */
export const connectionsOfUnit = 189;
