import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "../../../../scripts/build/paths";
import { eventually, within } from "../../../support/eventually";
import type { Campaign } from "../campaign";
import type { FaultKind } from "../fault-kind";
import type { FaultOutcome } from "../fault-outcome";
import { MarkedFaults } from "../marked-faults";
import { claim, lease } from "../mutations/protections";

const secondsToSettle = 150;
const taskType = "dependency.call";

/** Creates tasks that fail in all attempts and would succeed in the next one, and waits for their dead letters. */
async function deadLettersOfFailures({ limit, service }: Campaign, count: number): Promise<string[]> {
  const failures = 5;
  const create = async () => (await service.api.create(taskType, { failures })).id;
  const ids = await Promise.all(Array.from({ length: count }, () => limit(create)));
  return eventually(`there are ${count} dead letters`, secondsToSettle, async () =>
    (await service.deadLetters.size()) >= count ? ids : undefined,
  );
}

/** Runs `npm run cli -- dlq dev redrive`, which a fault may kill. */
export async function redrive(campaign: Campaign): Promise<void> {
  const parameters = ["--import", "tsx", join(root, "scripts", "cli.ts"), "dlq", "dev", "redrive", "--aws"];
  const child = spawn(process.execPath, parameters, { env: campaign.commandEnvironment, stdio: "ignore" });
  await once(child, "close");
}

/** F12: the command that moves dead letters back to the queue is killed twice before it has moved all. */
export const interruptedRedrive: FaultKind = {
  id: "F12",
  description: "redrive of dead letters killed twice",
  sizes: { full: 102, small: 8, control: 8 },
  taskType,
  exclusive: true,
  protection: claim,
  run: async (campaign, count): Promise<FaultOutcome> => {
    const kills = 2;
    const ids = await deadLettersOfFailures(campaign, count - kills);
    let [sent, injected] = [0, 0];
    const remove = campaign.proxy.add(({ operation, body }) => {
      if (operation !== "SendMessage" || !body.includes(taskType)) return undefined;
      sent += 1;
      const isKilled = injected < kills && sent % Math.ceil(ids.length / 3) === 0;
      if (isKilled) injected += 1;
      return isKilled ? { kind: "kill", when: "after" } : undefined;
    });
    // Messages that a killed command has received are visible again after the visibility timeout.
    await within(secondsToSettle, async () => {
      await redrive(campaign);
      return (await campaign.service.deadLetters.size()) === 0 ? true : undefined;
    });
    remove();
    await campaign.queueIsEmpty(secondsToSettle);
    const outcome = await campaign.settle(ids, secondsToSettle, ids.length + injected);
    return { ...outcome, violations: injected === kills ? [] : [`redrive was killed ${injected} times`] };
  },
};

/** F13: the emulator is stopped and started again while tasks are queued and running. */
export const emulatorRestart: FaultKind = {
  id: "F13",
  description: "emulator restarted under load",
  sizes: { full: 5, small: 1, control: 1 },
  exclusive: true,
  protection: lease,
  run: async (campaign, restarts): Promise<FaultOutcome> => {
    const tasksPerRestart = 30;
    const ids: string[] = [];
    const injectedFaults: MarkedFaults[] = [];
    for (let restart = 0; restart < restarts; restart++) {
      // A few workers get no response, and are still running when the emulator stops.
      const faults = new MarkedFaults(campaign, "F13", "success", 1, (task) =>
        task < 3 ? { kind: "hang" } : undefined,
      );
      injectedFaults.push(faults);
      const created = Promise.all(
        Array.from({ length: tasksPerRestart }, (_, at) => campaign.createTask(faults.message(at))),
      );
      await eventually("a worker waits for a response", secondsToSettle, () =>
        Promise.resolve(faults.injected > 0 ? true : undefined),
      );
      await campaign.restart();
      ids.push(...(await created));
    }
    const outcome = await campaign.settle(ids, secondsToSettle, restarts, true);
    for (const faults of injectedFaults) faults.end();
    return outcome;
  },
};
