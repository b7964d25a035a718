import type { ListQuery } from "../../tasks/task-repository";
import type { Index } from "./index-query";
import { allShards } from "./shards";
import { tableSchema } from "./table-schema";
import { isListed, progressPartition, statePartition, typePartition } from "./task-item";

const { byProgress, byType, byState } = tableSchema.indexes;

/** The index entries among which the selected tasks are. */
export interface Selection {
  readonly index: Index;
  readonly partitions: readonly string[];
  /** Attributes of an entry that must have a value. */
  readonly filter: Readonly<Record<string, string>>;
  /** Whether the entry does not show all that was asked for, so that items are examined. */
  readonly filtersItems: boolean;
}

/** Chooses the index whose partitions hold the fewest other tasks: docs/decisions/0001-table-keys.md. */
export function selectionOf({ state, type }: Pick<ListQuery, "state" | "type">): Selection {
  const exact = { filter: {}, filtersItems: false };
  if (state !== undefined && isListed(state)) {
    const partitions = allShards.map((shard) => statePartition(state, shard));
    return { ...exact, index: byState, partitions, filter: type === undefined ? {} : { type } };
  }
  if (type !== undefined) {
    const partitions = allShards.map((shard) => typePartition(type, shard));
    return { ...exact, index: byType, partitions, filtersItems: state !== undefined };
  }
  const partitionsOf = (...progress: ("open" | "done")[]) =>
    allShards.flatMap((shard) => progress.map((each) => progressPartition(each, shard)));
  switch (state) {
    case "queued":
      return { ...exact, index: byProgress, partitions: partitionsOf("open"), filtersItems: true };
    case "succeeded":
      return { ...exact, index: byProgress, partitions: partitionsOf("done"), filter: { outcome: state } };
    case undefined:
      return { ...exact, index: byProgress, partitions: partitionsOf("open", "done") };
  }
}
