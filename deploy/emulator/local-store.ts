import type { EnvironmentConfig } from "../config/environment-config";
import { storeConfig, type StoreConfig } from "../config/schemas/store";
import { hasPostgres } from "../config/task-store";

export const storeKinds = ["dynamodb", "none", "postgres"] as const satisfies readonly StoreConfig["kind"][];
export type StoreKind = (typeof storeKinds)[number];

/** Where the local cloud stores tasks, in place of what tfvars have; and the address of its PostgreSQL server. */
export const localStoreVariables = { kind: "LOCAL_STORE", address: "LOCAL_POSTGRES" } as const;

const isStoreKind = (kind: string | undefined): kind is StoreKind => storeKinds.some((each) => each === kind);

/** The kind of store that a variable requests; undefined when tfvars decide. */
export const requestedStore = (env: NodeJS.ProcessEnv = process.env): StoreKind | undefined => {
  const kind = env[localStoreVariables.kind];
  return isStoreKind(kind) ? kind : undefined;
};

/** A network as PostgreSQL needs one. The emulator isolates nothing. */
const localNetwork = ({ core }: EnvironmentConfig) => ({
  cidr: "10.20.0.0/20",
  availability_zones: ["a", "b"].map((zone) => `${core.region}${zone}`),
  endpoints: ["secretsmanager" as const, "sqs" as const],
});

/** The configuration of an environment with another store, and with what that needs. */
export function withStore(config: EnvironmentConfig, kind: StoreKind | undefined): EnvironmentConfig {
  if (kind === undefined) return config;
  const { infra, app } = config;
  const store =
    infra.store?.kind === kind ? infra.store : { ...storeConfig.parse({ kind }), deletion_protection: false };
  const needsNetwork = hasPostgres({ store });
  return {
    ...config,
    infra: {
      ...infra,
      store,
      table: { ...infra.table, enabled: kind === "dynamodb" },
      network: infra.network ?? (needsNetwork ? localNetwork(config) : undefined),
    },
    app: { ...app, in_network: app.in_network || needsNetwork },
  };
}
