import { QueryCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterEveryId } from "../../tasks/task-id";
import {
  UnreadableTaskError,
  type ListQuery,
  type TaskPage,
  type UnreadableTask,
} from "../../tasks/task-repository";
import type { Task } from "../../tasks/task";
import type { DynamoTaskReader, Item } from "./dynamo-task-reader";
import { indexQuery } from "./index-query";
import { selectionOf, type Selection } from "./selection";
import { tableSchema } from "./table-schema";
import { taskOf } from "./task-item";

/** Entries of each partition that a request with a filter examines, at most. */
export const maxExaminedEntries = 100;

/** Tasks that a request reads, at least, whose filter the index entries do not show. */
const minExaminedItems = 25;

/**
 * Entries that a page without a filter reads from each partition: twice its share and a few, since ids are spread evenly. If
 * more of the newest ones are in one shard, the page ends early. One more than the limit is enough in any case.
 */
const entriesOfPartition = (limit: number) =>
  Math.min(limit + 1, 2 * Math.ceil(limit / tableSchema.shards) + 4);

/** The selected entries of a partition that were examined. */
interface Examined {
  readonly ids: readonly string[];
  /** The last entry that was examined; undefined if it was the last one of the partition. */
  readonly end: string | undefined;
}

/** Reads tasks over all shards of the table's indexes; never a scan. */
export class DynamoTaskQueries {
  constructor(
    private readonly dynamo: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly reader: DynamoTaskReader,
  ) {}

  async list({ state, type, limit, before = afterEveryId }: ListQuery): Promise<TaskPage> {
    const selection = selectionOf({ state, type });
    const isFiltered = selection.filtersItems || Object.keys(selection.filter).length > 0;
    const entries = isFiltered ? maxExaminedEntries : entriesOfPartition(limit);
    const examined = await Promise.all(
      selection.partitions.map((partition) => this.examine(selection, partition, before, entries)),
    );
    // Beyond this id not all partitions have been examined.
    const end = examined.flatMap((each) => each.end ?? []).reduce((a, b) => (a > b ? a : b), "");
    const ids = examined
      .flatMap((each) => each.ids)
      .filter((id) => id >= end)
      .sort((a, b) => (a < b ? 1 : -1));
    const candidates = ids.slice(0, selection.filtersItems ? Math.max(limit, minExaminedItems) : limit);
    const { read, tasks } = await this.readTasks(candidates, { state, type });
    const page = tasks.slice(0, limit);
    const next =
      page.length < tasks.length
        ? page.at(-1)?.id
        : read.length < ids.length
          ? read.at(-1)
          : end || undefined;
    return { tasks: page, next };
  }

  /** One call. */
  private async examine(
    { index, filter }: Selection,
    partition: string,
    before: string,
    entries: number,
  ): Promise<Examined> {
    const { Items = [], LastEvaluatedKey } = await this.dynamo.send(
      new QueryCommand({
        ...indexQuery(this.tableName, { index, partition, before, filter }),
        ScanIndexForward: false,
        Limit: entries,
      }),
    );
    return {
      ids: Items.map((item) => String(item[index.sortKey])),
      end: LastEvaluatedKey && String(LastEvaluatedKey[index.sortKey]),
    };
  }

  /**
   * The tasks with these ids that still match, newest first.
   * @returns `read`: the ids up to the first one that DynamoDB has left out
   */
  private async readTasks(
    ids: readonly string[],
    wanted: Pick<ListQuery, "state" | "type">,
  ): Promise<{ readonly read: readonly string[]; readonly tasks: readonly (Task | UnreadableTask)[] }> {
    const [newest] = ids;
    if (newest === undefined) return { read: [], tasks: [] };
    const { items, unread } = await this.reader.read(ids, newest);
    if (unread.has(newest)) throw new Error("DynamoDB did not return the tasks of the page");
    const firstUnread = ids.findIndex((id) => unread.has(id));
    const read = firstUnread === -1 ? ids : ids.slice(0, firstUnread);
    const tasks = read.flatMap((id) => {
      const item = items.get(id);
      return item !== undefined && matches(item, wanted) ? [readTask(id, item)] : [];
    });
    return { read, tasks };
  }
}

/** The task may have changed since its entry was read. */
const matches = (item: Item, { state, type }: Pick<ListQuery, "state" | "type">) =>
  (state === undefined || item.state === state) && (type === undefined || item.type === type);

/** An unreadable item does not fail the others. */
function readTask(id: string, item: Item): Task | UnreadableTask {
  try {
    return taskOf(item);
  } catch (error) {
    if (error instanceof UnreadableTaskError) return { id, unreadable: true };
    throw error;
  }
}
