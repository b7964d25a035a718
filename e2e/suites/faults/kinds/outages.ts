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

/** Tasks that have failed as often as they may, and would not fail again; their messages are dead letters. */
async function deadLettersOfFailures({ limit, service }: Campaign, count: number): Promise<string[]> {
  const failures = 5;
  const create = async () => (await service.api.create("dependency.call", { failures })).id;
  const ids = await Promise.all(Array.from({ length: count }, () => limit(create)));
  return eventually(`${count} dead letters`, secondsToSettle, async () =>
    (await service.deadLetters.size()) >= count ? ids : undefined,
  );
}

/** `npm run cli -- redrive dev`, which may die. */
async function redrive(campaign: Campaign): Promise<void> {
  const parameters = ["--import", "tsx", join(root, "scripts", "cli.ts"), "redrive", "dev", "--aws"];
  const mover = spawn(process.execPath, parameters, { env: campaign.commandEnvironment, stdio: "ignore" });
  await once(mover, "close");
}

/** F12: dead letters are moved back after a fix, by a mover that dies half-way, twice. */
export const redriven: FaultKind = {
  id: "F12",
  what: "dead letters moved back, the mover killed half-way twice",
  sizes: { full: 102, small: 8, control: 8 },
  alone: true,
  protection: claim,
  run: async (campaign, count): Promise<FaultOutcome> => {
    const kills = 2;
    const ids = await deadLettersOfFailures(campaign, count - kills);
    let [sent, injected] = [0, 0];
    const remove = campaign.proxy.add(({ operation, body }) => {
      if (operation !== "SendMessage" || !body.includes("dependency.call")) return undefined;
      sent += 1;
      const isHalfWay = injected < kills && sent % Math.ceil(ids.length / 3) === 0;
      if (isHalfWay) injected += 1;
      return isHalfWay ? { kind: "kill", when: "after" } : undefined;
    });
    // What a mover that died has received comes back after its visibility timeout.
    await within(secondsToSettle, async () => {
      await redrive(campaign);
      return (await campaign.service.deadLetters.size()) === 0 ? true : undefined;
    });
    remove();
    await campaign.queueIsEmpty(secondsToSettle);
    const outcome = await campaign.settle(ids, secondsToSettle, ids.length + injected);
    return { ...outcome, broken: injected === kills ? [] : [`the mover was killed ${injected} times`] };
  },
};

/** F13: everything stops and starts again, with tasks on their way and workers in the middle of theirs. */
export const restarted: FaultKind = {
  id: "F13",
  what: "emulator stopped and started again under load",
  sizes: { full: 5, small: 1, control: 1 },
  alone: true,
  protection: lease,
  run: async (campaign, restarts): Promise<FaultOutcome> => {
    const tasksOfARestart = 30;
    const ids: string[] = [];
    const strikes: MarkedFaults[] = [];
    for (let restart = 0; restart < restarts; restart++) {
      // A few workers never get an answer, and are still at work when everything stops.
      const faults = new MarkedFaults(campaign, "F13", "TransactWriteItems", 1, (task) =>
        task < 3 ? { kind: "hang" } : undefined,
      );
      strikes.push(faults);
      const accepting = Promise.all(
        Array.from({ length: tasksOfARestart }, (_, at) => campaign.accept(faults.message(at))),
      );
      await eventually("a worker to hang", secondsToSettle, () =>
        Promise.resolve(faults.injected > 0 ? true : undefined),
      );
      await campaign.restart();
      ids.push(...(await accepting));
    }
    const outcome = await campaign.settle(ids, secondsToSettle, restarts, true);
    for (const faults of strikes) faults.end();
    return outcome;
  },
};
