import type { InfraConfig } from "./schemas/infra";

type Parts = Pick<InfraConfig, "table" | "store">;

/** Whether tasks are in PostgreSQL. */
export const hasPostgres = ({ store }: Pick<Parts, "store">): boolean => store?.kind === "postgres";

/** Whether tasks are stored, so that their status is available and there is an outbox. */
export const storesTasks = (parts: Parts): boolean => parts.table.enabled || hasPostgres(parts);
