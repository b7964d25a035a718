import { encodeMessage } from "@serverless-tasks/functions/shared/tasks/message";
import { messageOf } from "@serverless-tasks/functions/shared/tasks/submit-task";
import { newTask, type Task } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import type { Campaign } from "../campaign";
import type { FaultKind } from "../fault-kind";
import type { FaultOutcome } from "../fault-outcome";
import type { Fault } from "../fault-proxy";
import { MarkedFaults } from "../marked-faults";
import { claim, partialBatch, revision } from "../mutations/protections";
import { injectFaults } from "../inject-faults";

const secondsToSettle = 120;

const conflict: Fault = {
  kind: "error",
  status: 400,
  type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
  more: { CancellationReasons: [{ Code: "TransactionConflict" }, { Code: "None" }] },
};

/** F8: the transaction of effect and success conflicts with another one, or its reply is lost. */
export const transactionUnheard: FaultKind = {
  id: "F8",
  what: "transaction conflicts, and replies of transactions lost",
  sizes: { full: 100, small: 6, control: 8 },
  protection: claim,
  run: (campaign, count) => {
    // Every try of the SDK loses its reply, so that the worker believes that it has failed.
    const faults = new MarkedFaults(campaign, "F8", "TransactWriteItems", 3, (task) =>
      task % 2 === 0 ? conflict : { kind: "drop reply" },
    );
    return injectFaults(campaign, faults, count, { secondsToSettle, mayFail: true, untilQuiet: true });
  },
};

/** F9: SQS delivers messages more than once, one after the other and at the same time. */
export const deliveredAgain: FaultKind = {
  id: "F9",
  what: "messages delivered two to ten times",
  sizes: { full: 200, small: 10, control: 10 },
  protection: claim,
  run: async (campaign, tasks) => {
    let injected = 0;
    const ids = await Promise.all(
      Array.from({ length: tasks }, async (_, at) => {
        const id = await campaign.accept(`<F9:${at}>`);
        const task = await campaign.repository.get(id);
        if (task === undefined) throw new Error(`Task ${id} is not there`);
        const copies = 1 + (at % 9);
        const body = encodeMessage(messageOf(task, "again"));
        const send = () => campaign.service.tasks.send(body);
        if (at % 2 === 0) for (let copy = 0; copy < copies; copy++) await send();
        else await Promise.all(Array.from({ length: copies }, send));
        injected += copies;
        return id;
      }),
    );
    await campaign.queueIsEmpty(secondsToSettle);
    return campaign.settle(ids, secondsToSettle, injected);
  },
};

/** F10: of a task that was handed in again, the older message comes first, or last. */
export const outOfOrder: FaultKind = {
  id: "F10",
  what: "an older message before or after the newer one",
  sizes: { full: 100, small: 6, control: 6 },
  protection: revision,
  run: async (campaign, pairs): Promise<FaultOutcome> => {
    const tasks = await Promise.all(Array.from({ length: pairs }, (_, at) => handedInAgain(campaign, at)));
    const older = (task: Task) => encodeMessage(messageOf({ ...task, revision: 1 }, "old"));
    // The older ones are gone, without effect, before the newer ones are sent; then they come once more.
    for (const task of tasks) await campaign.service.tasks.send(older(task));
    await campaign.queueIsEmpty(secondsToSettle);
    const begunByOlder = await campaign.attemptsOf(tasks.map(({ id }) => id));
    for (const task of tasks) await campaign.service.tasks.send(encodeMessage(messageOf(task, "new")));
    for (const task of tasks) await campaign.service.tasks.send(older(task));
    await campaign.queueIsEmpty(secondsToSettle);
    const outcome = await campaign.settle(
      tasks.map(({ id }) => id),
      secondsToSettle,
      pairs,
    );
    return { ...outcome, broken: begunByOlder > 0 ? [`${begunByOlder} begun by the older message`] : [] };
  },
};

/** A task at its second revision, as after a client's retry, of which no message has been sent. */
async function handedInAgain({ repository }: Campaign, at: number) {
  const now = new Date();
  const task = newTask(newTaskId(now), "echo", { message: `<F10:${at}>` }, now);
  await repository.create(task, "first");
  await repository.markFailed({ taskId: task.id, revision: 1 }, "a first failure");
  const { task: again } = await repository.transition(task.id, ["failed"], {
    state: "pending",
    requestId: "second",
  });
  if (again === undefined) throw new Error(`Task ${task.id} is not there`);
  // As far as the sweep knows, its message is on the way.
  await repository.markPublished({ taskId: task.id, revision: again.revision });
  return again;
}

/** Messages that no version of the worker can read, each with a number of its own. */
const poisons: readonly ((number: string) => string)[] = [
  (number) => `{ no JSON ${number}`,
  (number) => JSON.stringify({ hello: number }),
  (number) =>
    JSON.stringify({
      version: 99,
      taskId: newTaskId(new Date()),
      type: "echo",
      payload: {},
      requestId: number,
    }),
  (number) => `"\\ud800 lone surrogate ${number}"`,
  (number) => JSON.stringify({ payload: "x".repeat(250 * 1024), number }),
];

/** Good messages around each that nobody can read. */
const neighbours = 9;

/** F11: messages that nobody can read, among good ones. */
export const poisoned: FaultKind = {
  id: "F11",
  what: "poison among good messages",
  sizes: { full: 100, small: 5, control: 5 },
  protection: partialBatch,
  run: async (campaign, count) => {
    const begun = Date.now();
    const bodies = Array.from(
      { length: count },
      (_, at) => poisons[at % poisons.length]?.(`${begun}-${at}`) ?? "",
    );
    // Each among its neighbours, so that they come to the worker in one batch.
    const ids = await campaign.functions.withoutDeliveries(async () => {
      const handedIn = bodies.flatMap((body, poison) => [
        campaign.service.tasks.send(body).then(() => undefined),
        ...Array.from({ length: neighbours }, (_, at) =>
          campaign.accept(`<F11:${poison * neighbours + at}>`),
        ),
      ]);
      return (await Promise.all(handedIn)).filter((id) => id !== undefined);
    });
    const outcome = await campaign.settle(ids, secondsToSettle, count);
    const found = await campaign.deadLettersOf(bodies, secondsToSettle);
    const dragged = campaign.deadLettersAmong(ids);
    const broken = [
      ...(found === count ? [] : [`${found} dead letters of ${count}`]),
      ...(dragged === 0 ? [] : [`${dragged} good messages became dead letters`]),
    ];
    return { ...outcome, broken };
  },
};
