import { readFileSync } from "node:fs";
import { argument, flag, integer, oneOf, option, string } from "../../command-line/src/arguments";
import type { Values } from "../../command-line/src/define-command";
import { userError, wrongUsage } from "../../command-line/src/errors";
import { textTable } from "../../command-line/src/table";
import { DeadLetterGroups, type DeadLetter } from "./dead-letter";
import type { DeadLetterQueue, MoveOptions, SelectOptions } from "./dead-letter-queue";

const actions = ["list", "peek", "redrive", "purge"] as const;
const changes: readonly string[] = ["redrive", "purge"];

/** Dead letters that peek prints without --limit. */
const peeked = 10;

/** The arguments and options of a command for dead letters. */
export const deadLetterArguments = {
  action: argument("list, peek, redrive or purge.", oneOf("actions", actions)),
};
export const deadLetterOptions = {
  id: string("id", "Only that of a message or task."),
  type: string("type", "Only those of a type."),
  reason: string("part", "Only those whose reason contains it."),
  "older-than": option("minutes", "Only those sent before that.", integer("minutes", 0, 20_160)),
  limit: option("count", "At most so many; 10 for peek.", integer("a count", 1, 100_000)),
  rate: option("count", "For redrive and purge: at most so many per second.", integer("a rate", 1, 1_000)),
  payload: string("file", "For redrive of one --id: a JSON file with the payload to run it with."),
  "dry-run": flag("Only print which dead letters redrive or purge would select."),
};
export type DeadLetterValues = Values<typeof deadLetterArguments, typeof deadLetterOptions>;

export const deadLetterResult =
  "the groups (list, --dry-run), the dead letters (peek), or how many were moved or deleted";

/** @throws {UsageError} when options do not fit the action, or each other */
export function validateDeadLetterValues(values: DeadLetterValues): void {
  const { action, id, payload, rate, "dry-run": dryRun } = values;
  if (payload !== undefined && (action !== "redrive" || id === undefined))
    throw wrongUsage("--payload needs redrive and --id: it is the payload of one message.");
  if (!changes.includes(action) && (dryRun || rate !== undefined))
    throw wrongUsage(`Expected redrive or purge with --dry-run or --rate, found ${action}.`);
}

export interface DeadLetterContext {
  readonly queue: DeadLetterQueue;
  /** The queue or the consumer to which dead letters are moved. */
  readonly to: MoveOptions["to"];
  /** Moves all dead letters by SQS itself, where it can. */
  readonly moveAll?: ((rate: number | undefined) => Promise<number>) | undefined;
  /**
   * The body of a message with another payload.
   * @throws {UsageError} when the payload is not valid
   */
  readonly withPayload: (body: string, payload: unknown) => string;
}

/**
 * Lists, prints, moves or deletes dead letters.
 * @param open called after the confirmation
 */
export async function runDeadLetterCommand(
  values: DeadLetterValues,
  confirm: (question: string) => Promise<void>,
  open: () => Promise<DeadLetterContext>,
): Promise<object> {
  const { action, id, type, reason, limit, rate, payload: file, "older-than": minutes } = values;
  const payload = file === undefined ? undefined : readJson(file);
  const isSelection = values["dry-run"] || !changes.includes(action);
  if (!isSelection) await confirm(`${action === "purge" ? "Delete" : "Move"} the selected dead letters?`);
  const sentBefore = minutes === undefined ? undefined : new Date(Date.now() - minutes * 60_000);
  const options = { filter: { id, type, reason, sentBefore }, limit, rate };
  const { queue, to, moveAll, withPayload } = await open();
  if (action === "peek") return printEach(queue, { ...options, limit: limit ?? peeked });
  if (isSelection) return printGroups(queue, options);
  if (action === "purge") return { deleted: printChanged(await queue.delete(options), "Deleted", id) };
  const isAll = [id, type, reason, minutes, limit, file].every((value) => value === undefined);
  if (isAll && moveAll !== undefined) return { moved: printChanged(await moveAll(rate), "Moved", id) };
  const bodyOf = ({ body }: DeadLetter) => (file === undefined ? body : withPayload(body, payload));
  return { moved: printChanged(await queue.move({ ...options, to, bodyOf }), "Moved", id) };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw wrongUsage(`Expected a file with JSON, found ${file}: ${String(error)}`, error);
  }
}

async function printEach(queue: DeadLetterQueue, options: SelectOptions): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for await (const letter of queue.select(options)) {
    const { messageId, id = "-", type, sentAt, reason, body } = letter;
    console.log(`message ${messageId}  id ${id}  ${type}  sent ${sentAt.toISOString()}`);
    console.log(`  ${reason}\n  ${body}`);
    letters.push(letter);
  }
  if (letters.length === 0) console.log("There were none.");
  return letters;
}

async function printGroups(queue: DeadLetterQueue, options: SelectOptions) {
  const groups = new DeadLetterGroups();
  for await (const letter of queue.select(options)) groups.add(letter);
  const rows = groups
    .list()
    .map(({ count, type, oldest, reason }) => [String(count), type, oldest.toISOString(), reason]);
  console.log(
    rows.length === 0 ? "There were none." : textTable([["count", "type", "oldest", "reason"], ...rows]),
  );
  return groups.list();
}

/** @throws {CommandError} when a dead letter was named, and there is none */
function printChanged(count: number, did: string, id: string | undefined): number {
  if (count === 0 && id !== undefined)
    throw userError(
      `There is no dead letter of ${id}.`,
      "the id of a message, or of its subject, that peek prints",
      "repeat it after 20 s: another command may have received the message",
    );
  console.log(count === 0 ? "There were none." : `${did} ${count} dead letters.`);
  return count;
}
