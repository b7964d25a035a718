import { Releases, type ReleaseState } from "./releases";
import { deployedReleases, rollBack, rollbackTarget } from "./rollback";
import { SimulatedLambda } from "./testing/simulated-lambda";

const alias = "live";
const names = ["api", "worker"];

/** Releases 1, 2, … in these states; the alias names the versions of the last good one, or these. */
async function deployed(states: readonly ReleaseState[], live?: string) {
  const lambda = new SimulatedLambda();
  const setOf = (version: string) => ({ api: version, worker: version });
  lambda.createAliases(alias, setOf("1"));
  const releases = new Releases(lambda.client, names);
  for (const [at, state] of states.entries()) {
    const versions = setOf(String(at + 1));
    lambda.publish(versions);
    await releases.record(versions, { state, at: "2026-01-01T00:00:00.000Z", commit: "c" });
  }
  const last = live ?? String(states.lastIndexOf("good") + 1);
  lambda.publish(setOf(last));
  lambda.createAliases(alias, setOf(last));
  const found = () => deployedReleases(lambda.client, alias, names);
  return { lambda, found };
}

test.each<[readonly ReleaseState[], string | undefined, number | undefined, number | "no-good-release"]>([
  [["good", "good"], undefined, undefined, 1],
  [["good", "bad", "good"], undefined, undefined, 1],
  [["good", "started", "good"], undefined, undefined, 1],
  [["good", "good", "good"], undefined, 1, 1],
  [["good", "good", "good"], "2", undefined, 1],
  // A release that was interrupted after its move.
  [["good", "started"], "2", undefined, 1],
  // Versions that were published otherwise.
  [["good", "good"], "9", undefined, 2],
  [["good"], undefined, undefined, "no-good-release"],
  [[], "1", undefined, "no-good-release"],
  [["good", "bad", "good"], undefined, 2, "no-good-release"],
  [["good", "good"], undefined, 2, "no-good-release"],
])("of the releases %j with version %s live, the target of --release %s is %s", async (...given) => {
  const [states, live, number, expected] = given;
  const before = await (await deployed(states, live)).found();
  if (typeof expected === "number") expect(rollbackTarget(before, number).number).toBe(expected);
  else expect(() => rollbackTarget(before, number)).toThrow(expect.objectContaining({ code: expected }));
});

test("each rollback returns further, and says why a release is not good any more", async () => {
  const { lambda, found } = await deployed(["good", "good", "good"]);
  for (const expected of [2, 1]) {
    const target = rollbackTarget(await found());
    await rollBack(lambda.client, alias, names, target, "5xx");
    const { live, liveRelease, releases } = await found();
    expect({ live, liveRelease }).toEqual({
      live: { api: String(expected), worker: String(expected) },
      liveRelease: expected,
    });
    expect(releases.filter(({ number }) => number > expected)).toEqual(
      releases
        .slice(0, 3 - expected)
        .map((release) => ({ ...release, state: "bad", reason: "rolled back: 5xx" })),
    );
  }
});

test("nothing is moved when Lambda refuses one alias, or a version was deleted", async () => {
  const { lambda, found } = await deployed(["good", "good"]);
  const target = rollbackTarget(await found());
  lambda.refuses = ({ FunctionName, Name }) => Name === alias && FunctionName === "worker";
  await expect(rollBack(lambda.client, alias, names, target, "")).rejects.toMatchObject({
    code: "move-failed",
  });
  lambda.refuses = () => false;
  const gone = { ...target, versions: { api: "1", worker: "77" } };
  await expect(rollBack(lambda.client, alias, names, gone, "")).rejects.toThrow();
  expect((await found()).liveRelease).toBe(2);
});

test("notes survive the description of an alias, shortened; others' aliases and descriptions are ignored", async () => {
  const lambda = new SimulatedLambda();
  lambda.createAliases("release-x", { api: "1" });
  lambda.createAliases("release-7", { api: "1" });
  const releases = new Releases(lambda.client, ["api"]);
  expect(await releases.list()).toEqual([]);
  const note = { state: "bad", at: "2026-01-01T00:00:00.000Z", commit: "c" } as const;
  await releases.record({ api: "1" }, { ...note, reason: `two\nlines ${"x".repeat(500)}` });
  const [found] = await releases.list();
  expect(found).toMatchObject({ ...note, number: 1, reason: expect.stringMatching(/^two lines x+$/) });
});
