import { queueNames } from "@serverless-tasks/functions/service";
import type { TasksClient } from "../../client";
import type { ConsoleService, DeadLetterFilterInput } from "../../packages/console/src/endpoints";
import { ConsoleError } from "../../packages/console/src/errors";
import type { DeadLetterGroupView, DeadLetterView } from "../../packages/console/src/model";
import { maskedBody } from "../../packages/console/src/secret-members";
import { groupReason, type DeadLetter } from "../../packages/dead-letters/src/dead-letter";
import { peekDeadLetters } from "../../packages/dead-letters/src/peek";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { deadLetters, type DeadLetterSource } from "../operations/dead-letters";

/** Dead letters that are read, on the emulator and by receives. */
const bounds = { emulator: 1_000, receive: 200 };
/** Dead letters that the page lists. */
const listed = 100;

export const deadLetterQueues = [...queueNames, "events"] as const;

function sourceOf(name: string): DeadLetterSource {
  const found = deadLetterQueues.find((each) => each === name);
  if (found !== undefined) return found;
  throw new ConsoleError(422, {
    ...{ code: "invalid-input", message: `There is no queue ${name}.` },
    expected: deadLetterQueues.join(", "),
  });
}

const viewOf = (
  { messageId, id, type, reason, sentAt, body }: DeadLetter,
  secretMembers: readonly string[],
): DeadLetterView => ({
  ...{ messageId, id, type, reason },
  sentAt: Number.isNaN(sentAt.getTime()) ? "" : sentAt.toISOString(),
  body: maskedBody(body, secretMembers),
});

/** The largest group first. */
function groupsOf(letters: readonly DeadLetterView[]): DeadLetterGroupView[] {
  const groups = new Map<string, DeadLetterGroupView>();
  for (const letter of letters) {
    const { type, sentAt } = letter;
    const reason = groupReason(letter.reason);
    const key = JSON.stringify([type, reason]);
    const { count, first, last, sample } = groups.get(key) ?? {
      ...{ count: 0, first: sentAt, last: sentAt, sample: letter },
    };
    groups.set(key, {
      ...{ type, reason, count: count + 1, sample },
      first: sentAt < first ? sentAt : first,
      last: sentAt > last ? sentAt : last,
    });
  }
  return [...groups.values()].sort((one, other) => other.count - one.count);
}

const selected = ({ id, type, reason }: DeadLetterFilterInput) => ({ id, type, reason });

/** What dead letters are read with. */
export interface DeadLetterReader {
  readonly account: EnvironmentAccount;
  readonly api: TasksClient;
  readonly secretMembers: readonly string[];
}

const open = ({ account, api }: DeadLetterReader, source: DeadLetterSource) =>
  deadLetters(account, source, () => Promise.resolve(api));

export function deadLetterOperations(reader: DeadLetterReader) {
  const { account, secretMembers } = reader;
  const bound = account.isAws ? bounds.receive : bounds.emulator;
  const peek = async (input: DeadLetterFilterInput) => {
    const { peek: props } = await open(reader, sourceOf(input.queue));
    return peekDeadLetters(props, selected(input), bound);
  };
  return {
    "dead-letters": async (input) => {
      const { letters, isBounded, method } = await peek(input);
      const views = letters.map((letter) => viewOf(letter, secretMembers));
      return {
        ...{ queue: input.queue, groups: groupsOf(views), letters: views.slice(0, listed) },
        ...{ total: views.length, method, bound, isBounded },
      };
    },
    "dead-letters/redrive": async ({ limit, ...input }) => {
      const { queue, to, moveAll } = await open(reader, sourceOf(input.queue));
      const filter = selected(input);
      const isAll = Object.values(filter).every((value) => value === undefined) && limit === undefined;
      const moved =
        isAll && moveAll !== undefined ? await moveAll(undefined) : await queue.move({ to, filter, limit });
      return { moved };
    },
    "dead-letters/purge": async ({ limit, ...input }) => {
      const { queue } = await open(reader, sourceOf(input.queue));
      return { deleted: await queue.delete({ filter: selected(input), limit }) };
    },
  } satisfies Partial<ConsoleService>;
}

/** The dead letter of a task. On AWS it is not looked for: each look would receive messages. */
export async function findDeadLetter(
  reader: DeadLetterReader,
  id: string,
): Promise<DeadLetterView | undefined> {
  if (reader.account.isAws) return undefined;
  const { peek } = await open(reader, "task");
  const browse = async () => (await peek.browse?.())?.filter(({ Body }) => Body?.includes(id)) ?? [];
  const { letters } = await peekDeadLetters({ ...peek, browse }, { id }, 1);
  const [letter] = letters;
  return letter && viewOf(letter, reader.secretMembers);
}
