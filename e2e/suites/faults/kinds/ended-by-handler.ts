import type { FaultKind } from "../fault-kind";
import type { FaultOutcome } from "../fault-outcome";
import type { Mutation } from "../mutations/mutation";
import { isolation } from "../mutations/protections";

const secondsToSettle = 240;
const batchSize = 10;
/** Position in a batch of the task that ends the worker. */
const position = 3;

/** Lambda ends a process that exceeds the memory of its function by SIGKILL. */
export const endingHandler: Mutation = {
  description: "a handler that ends the worker process",
  replacements: [
    {
      functions: ["worker"],
      file: "functions/worker/handlers/echo.ts",
      symbol: "echo.run",
      by: `() => ({ message }) => {
        if (message.startsWith("<F22-exit:")) process.exit(1);
        if (message.startsWith("<F22-memory:")) process.kill(process.pid, "SIGKILL");
        return Promise.resolve({ message });
      }`,
    },
  ],
};

/** F22: one task of each batch of ten ends the worker process in every attempt. */
export const workerEndedByHandler: FaultKind = {
  id: "F22",
  description: "handler ends the worker process, in batches of ten",
  sizes: { full: 20, small: 2, control: 2 },
  exclusive: true,
  protection: isolation,
  run: (campaign, batches) =>
    campaign.functions.withMutation(endingHandler, async (): Promise<FaultOutcome> => {
      const started = Date.now();
      const kindOf = (at: number) =>
        at % batchSize !== position ? "F22" : at % (2 * batchSize) === position ? "F22-exit" : "F22-memory";
      const kinds = Array.from({ length: batches * batchSize }, (_, at) => kindOf(at));
      const ids = await campaign.functions.withoutDeliveries(() =>
        Promise.all(kinds.map((kind, at) => campaign.createTask(`<${kind}:${started}:${at}>`))),
      );
      const outcome = await campaign.settle(ids, secondsToSettle, batches, true);
      const ending = ids.filter((_id, at) => kinds[at] !== "F22");
      const others = ids.filter((_id, at) => kinds[at] === "F22");
      const [ended, failedOthers] = [campaign.deadLettersAmong(ending), campaign.deadLettersAmong(others)];
      const violations = [
        ...(ended === batches ? [] : [`${ended} of ${batches} tasks that end the worker are dead letters`]),
        ...(failedOthers === 0 ? [] : [`${failedOthers} other tasks are dead letters`]),
      ];
      return { ...outcome, violations };
    }),
};
