import fc from "fast-check";
import type { Task } from "../../shared/tasks/task";
import { noon } from "../../shared/testing/builders";
import { leaseMilliseconds, ReplicatedRegions, type Region } from "../testing/replicated-regions";

/** What a task goes through in the first region until the region is cut off. */
const steps = ["accepted", "published", "claimed", "succeeded"] as const;
const load = fc.record({
  lag: fc.integer({ min: 0, max: 3_000 }),
  tasks: fc.array(
    fc.record({
      reaches: fc.constantFrom(...steps),
      pauses: fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 4, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 25 },
  ),
});
type Load = typeof load extends fc.Arbitrary<infer Value> ? Value : never;

interface Accepted {
  readonly task: Task;
  readonly acceptedAt: number;
  readonly succeededAt?: number;
}

/** Runs the load in the first region. */
async function run(regions: ReplicatedRegions, { tasks }: Load): Promise<Accepted[]> {
  const { first } = regions;
  const accepted: Accepted[] = [];
  for (const { reaches, pauses } of tasks) {
    const reached = steps.indexOf(reaches);
    const task = await first.accept();
    let ended: Accepted = { task, acceptedAt: regions.time };
    regions.pass(pauses[0] ?? 0);
    if (reached >= 1) await first.publish(task);
    regions.pass(pauses[1] ?? 0);
    const claimed = reached >= 2 ? await first.claim(task) : undefined;
    regions.pass(pauses[2] ?? 0);
    if (reached >= 3 && claimed !== undefined) {
      await first.repository.succeed(claimed, {});
      ended = { ...ended, succeededAt: regions.time };
    }
    accepted.push(ended);
    regions.pass(pauses[3] ?? 0);
  }
  return accepted;
}

/** The second region takes over at once, and again when no lease can be left. */
async function takeOver(regions: ReplicatedRegions, region: Region): Promise<void> {
  await region.takeOver();
  await region.runAll();
  regions.pass(leaseMilliseconds + 1);
  await region.takeOver();
  await region.runAll();
  regions.pass(1);
}

const stateIn = async ({ repository }: Region, { id }: Task) => (await repository.get(id))?.state;
const regionsWith = ({ lag }: Load) => new ReplicatedRegions(noon, lag);
const runs = { numRuns: 100 };

test("a region that is stopped, and whose writes have replicated: each accepted task ends with one effect", async () => {
  await fc.assert(
    fc.asyncProperty(load, async (given) => {
      const regions = regionsWith(given);
      const accepted = await run(regions, given);
      regions.pass(given.lag);
      await takeOver(regions, regions.second);
      for (const { task } of accepted) {
        expect(await stateIn(regions.second, task)).toBe("succeeded");
        expect(regions.effectsOf(task.id)).toBe(1);
      }
    }),
    runs,
  );
});

test("a region that is lost in mid-load: what was accepted before the lag ends, and an effect is doubled within the lag only", async () => {
  const seen = { missing: 0, doubled: 0 };
  await fc.assert(
    fc.asyncProperty(load, async (given) => {
      const regions = regionsWith(given);
      const accepted = await run(regions, given);
      const cutAt = regions.time;
      regions.isCut = true;
      await takeOver(regions, regions.second);
      for (const { task, acceptedAt, succeededAt } of accepted) {
        const state = await stateIn(regions.second, task);
        if (cutAt - acceptedAt >= given.lag) expect(state).toBe("succeeded");
        if (state === undefined) seen.missing += 1;
        else expect(state).toBe("succeeded");
        if (regions.effectsOf(task.id) > 1) {
          seen.doubled += 1;
          expect(cutAt - (succeededAt ?? 0)).toBeLessThan(given.lag);
        }
      }
    }),
    runs,
  );
  // The bounds are met by loads in which they matter.
  expect(seen.missing).toBeGreaterThan(0);
  expect(seen.doubled).toBeGreaterThan(0);
});

test("a lost region that returns stopped: the tasks within the lag end, too, and old messages have no effect", async () => {
  await fc.assert(
    fc.asyncProperty(load, async (given) => {
      const regions = regionsWith(given);
      const accepted = await run(regions, given);
      regions.isCut = true;
      await takeOver(regions, regions.second);
      regions.heal();
      const before = accepted.map(({ task }) => regions.effectsOf(task.id));
      // Its workers get the messages that its queue has kept.
      await regions.first.runAll();
      regions.pass(given.lag);
      await takeOver(regions, regions.second);
      regions.pass(given.lag);
      for (const [index, { task }] of accepted.entries()) {
        expect(await stateIn(regions.first, task)).toBe("succeeded");
        expect(await stateIn(regions.second, task)).toBe("succeeded");
        expect(regions.effectsOf(task.id)).toBe(Math.max(1, before[index] ?? 0));
      }
    }),
    runs,
  );
});

describe("what no guard can hold, since a condition is evaluated on one region's copy", () => {
  test("two regions that work at once run a task twice", async () => {
    const regions = new ReplicatedRegions(noon, 1_000);
    const task = await regions.first.accept();
    await regions.first.publish(task);
    regions.pass(1_000);
    regions.isCut = true;
    await regions.first.runAll();
    await takeOver(regions, regions.second);
    expect(regions.effectsOf(task.id)).toBe(2);
  });

  test("of a cancellation in one region and a success in the other, the later write remains", async () => {
    const regions = new ReplicatedRegions(noon, 1_000);
    const task = await regions.first.accept();
    regions.pass(1_000);
    regions.isCut = true;
    await takeOver(regions, regions.second);
    await regions.first.repository.transition(task.id, ["pending"], { state: "cancelled" });
    regions.heal();
    expect([await stateIn(regions.first, task), await stateIn(regions.second, task)]).toEqual([
      "cancelled",
      "cancelled",
    ]);
    expect(regions.effectsOf(task.id)).toBe(1);
  });

  test("an idempotency key that is used in both regions within the lag is two tasks", async () => {
    const regions = new ReplicatedRegions(noon, 1_000);
    const idempotency = {
      scope: "caller create key",
      payloadHash: "hash",
      expiresAt: new Date(noon.getTime() + 60_000),
    };
    const create = async ({ repository }: Region, id: string) => {
      const task = { ...(await regions.first.accept()), id };
      return (await repository.create(task, { requestId: id }, idempotency)).outcome;
    };
    expect([await create(regions.first, "01ARZ3NDEKTSV4RRFFQ69G5FAV")]).toEqual(["created"]);
    expect([await create(regions.second, "01ARZ3NDEKTSV4RRFFQ69G5FAW")]).toEqual(["created"]);
  });
});
