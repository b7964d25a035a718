import { encodeMessage } from "@serverless-tasks/functions/shared/tasks/message";
import { messageOf } from "@serverless-tasks/functions/shared/tasks/submit-task";
import { newTask, type Task } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import type { Campaign } from "../campaign";
import type { FaultKind } from "../fault-kind";
import type { FaultOutcome } from "../fault-outcome";
import { MarkedFaults } from "../marked-faults";
import { claim, partialBatch, revision } from "../mutations/protections";
import { injectFaults } from "../inject-faults";

const secondsToSettle = 120;

/** F8: the write that records effect and success conflicts with another one, or its response is lost. */
export const successReplyLost: FaultKind = {
  id: "F8",
  description: "success conflicts with a transaction, or its response is lost",
  sizes: { full: 100, small: 6, control: 8 },
  protection: claim,
  run: (campaign, count) => {
    // The responses of all attempts of the SDK are lost, so that the call fails in the worker.
    const faults = new MarkedFaults(campaign, "F8", "success", 3, (task) =>
      task % 2 === 0 ? campaign.store.conflict : { kind: "drop response" },
    );
    return injectFaults(campaign, faults, count, { secondsToSettle, mayFail: true, untilEmpty: true });
  },
};

/** F9: SQS delivers messages more than once, one after the other and at the same time. */
export const duplicateDelivery: FaultKind = {
  id: "F9",
  description: "messages delivered two to ten times",
  sizes: { full: 200, small: 10, control: 10 },
  protection: claim,
  run: async (campaign, tasks) => {
    let injected = 0;
    const ids = await Promise.all(
      Array.from({ length: tasks }, async (_, at) => {
        const id = await campaign.createTask(`<F9:${at}>`);
        const task = await campaign.repository.get(id);
        if (task === undefined) throw new Error(`Expected task ${id} in the store, found none`);
        const copies = 1 + (at % 9);
        const body = encodeMessage(messageOf(task, { requestId: "copy" }));
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

/** F10: the message of an older revision of a task is delivered before or after the newer one. */
export const outOfOrderMessages: FaultKind = {
  id: "F10",
  description: "message of an older revision before or after the newer one",
  sizes: { full: 100, small: 6, control: 6 },
  protection: revision,
  run: async (campaign, pairs): Promise<FaultOutcome> => {
    const tasks = await Promise.all(Array.from({ length: pairs }, (_, at) => retriedTask(campaign, at)));
    const older = (task: Task) => encodeMessage(messageOf({ ...task, revision: 1 }, { requestId: "old" }));
    // The older messages are processed, without effect, before the newer ones are sent, and are then sent again.
    for (const task of tasks) await campaign.service.tasks.send(older(task));
    await campaign.queueIsEmpty(secondsToSettle);
    const olderAttempts = await campaign.attemptsOf(tasks.map(({ id }) => id));
    for (const task of tasks)
      await campaign.service.tasks.send(encodeMessage(messageOf(task, { requestId: "new" })));
    for (const task of tasks) await campaign.service.tasks.send(older(task));
    await campaign.queueIsEmpty(secondsToSettle);
    const outcome = await campaign.settle(
      tasks.map(({ id }) => id),
      secondsToSettle,
      pairs,
    );
    return {
      ...outcome,
      violations: olderAttempts > 0 ? [`${olderAttempts} attempts by an older message`] : [],
    };
  },
};

/** A task at its second revision, as after a retry by a client, whose message has not been sent. */
async function retriedTask({ repository }: Campaign, at: number) {
  const now = new Date();
  const task = newTask(newTaskId(now), "echo", { message: `<F10:${at}>` }, now);
  await repository.create(task, { requestId: "first" });
  await repository.markFailed({ taskId: task.id, revision: 1 }, "first failure");
  const { task: retried } = await repository.transition(task.id, ["failed"], {
    state: "pending",
    origin: { requestId: "second" },
  });
  if (retried === undefined) throw new Error(`Expected task ${task.id} in the table, found none`);
  // So that the sweep does not publish it.
  await repository.markPublished({ taskId: task.id, revision: retried.revision });
  return retried;
}

/** Messages that the worker cannot parse, each with a unique number. */
const invalidBodies: readonly ((number: string) => string)[] = [
  (number) => `{ not JSON ${number}`,
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

/** Valid messages for each invalid one. */
const validPerInvalid = 9;

/** F11: messages that the worker cannot parse, in batches with valid ones. */
export const invalidMessages: FaultKind = {
  id: "F11",
  description: "messages that cannot be parsed, among valid ones",
  sizes: { full: 100, small: 5, control: 5 },
  protection: partialBatch,
  run: async (campaign, count) => {
    const started = Date.now();
    const bodies = Array.from(
      { length: count },
      (_, at) => invalidBodies[at % invalidBodies.length]?.(`${started}-${at}`) ?? "",
    );
    // Without deliveries, so that the worker gets them in batches with valid ones.
    const ids = await campaign.functions.withoutDeliveries(async () => {
      const sent = bodies.flatMap((body, invalid) => [
        campaign.service.tasks.send(body).then(() => undefined),
        ...Array.from({ length: validPerInvalid }, (_, at) =>
          campaign.createTask(`<F11:${invalid * validPerInvalid + at}>`),
        ),
      ]);
      return (await Promise.all(sent)).filter((id) => id !== undefined);
    });
    const outcome = await campaign.settle(ids, secondsToSettle, count);
    const found = await campaign.deadLettersOf(bodies, secondsToSettle);
    const valid = campaign.deadLettersAmong(ids);
    const violations = [
      ...(found === count ? [] : [`${found} of ${count} invalid messages are dead letters`]),
      ...(valid === 0 ? [] : [`${valid} valid messages are dead letters`]),
    ];
    return { ...outcome, violations };
  },
};
