/** The database of tasks, the role of the functions in it, and its master user. */
export const database = { name: "tasks", role: "tasks_app", masterUser: "postgres", port: 5432 } as const;

/** The secrets that RDS creates for master users: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html */
export const masterSecretName = "rds!cluster-*";

const [connectionsOfUnit, mostConnections, mostOfSmallMinimum] = [189, 5_000, 2_000];

/**
 * Connections that an instance accepts, by its most capacity, rounded down. It has no more than 5,000, and than 2,000 with a
 * minimum of 0 or 0.5 ACUs:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.max-connections
 */
export const maxConnections = ({ min_capacity, max_capacity }: Capacity): number =>
  Math.min(connectionsOfUnit * max_capacity, min_capacity > 0.5 ? mostConnections : mostOfSmallMinimum);

interface Capacity {
  /** In ACUs. */
  readonly min_capacity: number;
  readonly max_capacity: number;
}
