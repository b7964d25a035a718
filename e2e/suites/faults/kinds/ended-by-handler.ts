import type { FaultKind } from "../fault-kind";
import type { FaultOutcome } from "../fault-outcome";
import type { Mutation } from "../mutations/mutation";
import { isolation } from "../mutations/protections";

const secondsToSettle = 240;
const batchSize = 10;
/** Which one of a batch ends the worker. */
const position = 3;

/** SIGKILL is what becomes of a process on Lambda that takes more memory than its function has. */
export const endingHandler: Mutation = {
  what: "a handler that ends its worker",
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

/** F22: one task of each batch of ten ends its worker, whenever it is begun. */
export const endedByHandler: FaultKind = {
  id: "F22",
  what: "a handler ends its worker, in batches of ten",
  sizes: { full: 20, small: 2, control: 2 },
  alone: true,
  protection: isolation,
  run: (campaign, batches) =>
    campaign.functions.changed(endingHandler, async (): Promise<FaultOutcome> => {
      const begun = Date.now();
      const kindOf = (at: number) =>
        at % batchSize !== position ? "F22" : at % (2 * batchSize) === position ? "F22-exit" : "F22-memory";
      const kinds = Array.from({ length: batches * batchSize }, (_, at) => kindOf(at));
      const ids = await campaign.functions.withoutDeliveries(() =>
        Promise.all(kinds.map((kind, at) => campaign.accept(`<${kind}:${begun}:${at}>`))),
      );
      const outcome = await campaign.settle(ids, secondsToSettle, batches, true);
      const ending = ids.filter((_id, at) => kinds[at] !== "F22");
      const neighbours = ids.filter((_id, at) => kinds[at] === "F22");
      const [ended, dragged] = [campaign.deadLettersAmong(ending), campaign.deadLettersAmong(neighbours)];
      const broken = [
        ...(ended === batches ? [] : [`${ended} dead letters of ${batches} that end their worker`]),
        ...(dragged === 0 ? [] : [`${dragged} neighbours became dead letters`]),
      ];
      return { ...outcome, broken };
    }),
};
