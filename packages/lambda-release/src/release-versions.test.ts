import { releaseVersions, type ReleaseProps } from "./release-versions";
import { Releases } from "./releases";
import { superseded } from "./errors";
import { deployedReleases } from "./rollback";
import { SimulatedLambda } from "./testing/simulated-lambda";

const alias = "live";
const first = { api: "1", worker: "1" };
const second = { api: "2", worker: "1" };

let lambda: SimulatedLambda;
/** The versions that the alias named at each step. */
let steps: [string, object][];
beforeEach(() => {
  lambda = new SimulatedLambda();
  lambda.createAliases(alias, first);
  lambda.publish(second);
  steps = [];
});

const step = (name: string) => () => {
  steps.push([name, lambda.named(alias)]);
  return Promise.resolve();
};
const failing = (name: string) => () => step(name)().then(() => Promise.reject(new Error(`${name} failed`)));

const release = (given: Partial<ReleaseProps> = {}) =>
  releaseVersions({
    ...{ lambda: lambda.client, alias, wanted: second, commit: "c0ffee", kept: 10 },
    ...{ checkVersions: step("versions"), checkService: step("service"), watch: step("watch") },
    ...{ watchSeconds: 60, report: () => undefined, now: () => new Date(0) },
    ...given,
  });
const recorded = () => new Releases(lambda.client, Object.keys(second)).list();

test("versions are checked, moved together, and watched; the former ones are recorded too", async () => {
  const released = await release();
  expect(steps).toEqual([
    ["versions", first],
    ["service", second],
    ["watch", second],
  ]);
  expect(released).toEqual({
    ...{ number: 2, state: "good", at: "1970-01-01T00:00:00.000Z", commit: "c0ffee", versions: second },
  });
  expect(await recorded()).toMatchObject([released, { number: 1, state: "good", versions: first }]);
});

test.each<[string, Partial<ReleaseProps>, string, string[]]>([
  ["a check of the versions", { checkVersions: failing("versions") }, "refused", ["versions"]],
  ["a version that does not exist", { wanted: { ...second, api: "9" } }, "", []],
  ["the service", { checkService: failing("service") }, "returned", ["versions", "service"]],
  ["the watch", { watch: failing("watch") }, "returned", ["versions", "service", "watch"]],
  [
    "the watch of a share",
    { canary: { share: 0.1, seconds: 9 }, watch: failing("watch") },
    "returned",
    ["versions", "watch"],
  ],
])("when %s fails, the former versions are live and the release is bad", async (_what, given, code, run) => {
  await expect(release(given)).rejects.toMatchObject(code === "" ? {} : { code });
  expect(steps.map(([name]) => name)).toEqual(run);
  expect(lambda.named(alias)).toEqual(first);
  const weights = lambda.updates.findLast(({ Name }) => Name === alias)?.RoutingConfig;
  expect(weights?.AdditionalVersionWeights ?? {}).toEqual({});
  if (code !== "")
    expect(await recorded()).toMatchObject([
      { number: 2, state: "bad", reason: expect.stringContaining(`${run.at(-1) ?? ""} failed`) },
      { number: 1, state: "good" },
    ]);
});

test("a share is routed before the aliases are moved, and the watch knows it", async () => {
  const watched: unknown[] = [];
  await release({
    canary: { share: 0.25, seconds: 180 },
    watch: (...parameters) => {
      watched.push(parameters);
      return Promise.resolve();
    },
  });
  expect(watched).toEqual([
    [180, first, second],
    [60, second],
  ]);
  const moves = lambda.updates.filter(({ Name, FunctionName }) => Name === alias && FunctionName === "api");
  expect(moves).toMatchObject([
    { FunctionVersion: "1", RoutingConfig: { AdditionalVersionWeights: { "2": 0.25 } } },
    { FunctionVersion: "2", RoutingConfig: { AdditionalVersionWeights: {} } },
  ]);
});

test("aliases that another caller has moved are left", async () => {
  lambda.publish({ api: "3" });
  const watch = () => {
    lambda.createAliases(alias, { api: "3" });
    return Promise.reject(superseded());
  };
  await expect(release({ watch })).rejects.toMatchObject({ code: "superseded" });
  expect(lambda.named(alias)).toEqual({ api: "3", worker: "1" });
});

test("the first versions are checked and recorded once; there is nothing to return to", async () => {
  await expect(release({ wanted: first, checkService: failing("service") })).rejects.toMatchObject({
    code: "no-earlier-release",
  });
  const one = await release({ wanted: first });
  expect(await release({ wanted: first })).toEqual(one);
  expect(await recorded()).toEqual([one]);
});

test("a function that is new keeps its first version when the others are moved back", async () => {
  lambda.createAliases(alias, { mailer: "1" });
  await expect(
    release({ wanted: { ...second, mailer: "1" }, watch: failing("watch") }),
  ).rejects.toMatchObject({ code: "returned" });
  expect(lambda.named(alias)).toEqual({ ...first, mailer: "1" });
});

test("the newest releases are kept, and no version that an alias names or that is the newest is deleted", async () => {
  for (let version = 2; version <= 6; version += 1) {
    const wanted = { api: String(version), worker: "1" };
    lambda.publish(wanted);
    await release({ wanted, kept: 2, ...(version === 6 && { checkVersions: failing("versions") }) }).catch(
      () => undefined,
    );
  }
  lambda.publish({ api: "7" });
  await new Releases(lambda.client, Object.keys(second)).prune(2);
  expect((await recorded()).map(({ number, state }) => [number, state])).toEqual([
    [6, "bad"],
    [5, "good"],
  ]);
  expect(lambda.existing("api")).toEqual(["5", "6", "7"]);
  expect(lambda.existing("worker")).toEqual(["1"]);
  expect(await deployedReleases(lambda.client, alias, ["api", "worker"])).toMatchObject({
    live: { api: "5", worker: "1" },
    published: { api: "7", worker: "1" },
    liveRelease: 5,
  });
});
