import * as fc from "fast-check";
import { AliasSet, type VersionSet } from "./alias-set";
import { SimulatedLambda } from "./testing/simulated-lambda";

const alias = "live";

/** Functions at version 1, and an update that Lambda refuses for some of them. */
function deployed(names: readonly string[], refused: readonly string[]) {
  const lambda = new SimulatedLambda();
  const setOf = (version: string): VersionSet => Object.fromEntries(names.map((name) => [name, version]));
  lambda.createAliases(alias, setOf("1"));
  lambda.publish(setOf("2"));
  lambda.refuses = ({ FunctionName = "", FunctionVersion }) =>
    FunctionVersion === "2" && refused.includes(FunctionName);
  return { lambda, setOf };
}

const names = ["api", "worker", "producer", "mailer"];

/** Whether all aliases are moved, or none, whichever updates Lambda refuses. */
const allOrNone = (move: (lambda: SimulatedLambda, versions: VersionSet) => Promise<void>) =>
  fc.asyncProperty(
    fc.subarray(names, { minLength: 1 }),
    fc.subarray(names),
    async (functions, refusedOfAll) => {
      const refused = functions.filter((name) => refusedOfAll.includes(name));
      const { lambda, setOf } = deployed(functions, refused);
      const moved = await move(lambda, setOf("2")).then(
        () => true,
        () => false,
      );
      expect(moved).toBe(refused.length === 0);
      expect(lambda.named(alias)).toEqual(setOf(moved ? "2" : "1"));
    },
  );

test("all aliases are moved, or none", async () => {
  await fc.assert(allOrNone(({ client }, versions) => new AliasSet(client, alias).move(versions)));
});

test("a move that ends at the first refusal violates that", async () => {
  const oneByOne = async ({ client }: SimulatedLambda, versions: VersionSet) => {
    for (const [name, version] of Object.entries(versions))
      await new AliasSet(client, alias).move({ [name]: version });
  };
  expect(await fc.check(allOrNone(oneByOne))).toMatchObject({ failed: true });
});

test("aliases that cannot be moved back are reported", async () => {
  const { lambda, setOf } = deployed(names, ["worker"]);
  const { refuses } = lambda;
  lambda.refuses = (update) =>
    refuses(update) || (update.FunctionName === "api" && update.FunctionVersion === "1");
  await expect(new AliasSet(lambda.client, alias).move(setOf("2"))).rejects.toMatchObject({
    code: "move-failed",
    message: expect.stringMatching(/worker.*refused for worker.*api could not be moved back/),
  });
});

test("an alias that another caller moves at the same time is not overwritten", async () => {
  const { lambda, setOf } = deployed(names, []);
  lambda.publish(setOf("3"));
  let isOther = false;
  lambda.refuses = ({ FunctionVersion }) => {
    if (isOther || FunctionVersion !== "2") return false;
    isOther = true;
    lambda.createAliases(alias, { producer: "3" });
    return false;
  };
  await expect(new AliasSet(lambda.client, alias).move(setOf("2"))).rejects.toMatchObject({
    code: "move-failed",
  });
  expect(lambda.named(alias)).toEqual({ ...setOf("1"), producer: "3" });
});

test("a share of the invocations goes to the versions that change", async () => {
  const { lambda, setOf } = deployed(["api", "worker"], []);
  await new AliasSet(lambda.client, alias).shift(setOf("1"), { api: "2", worker: "1" }, 0.1);
  expect(lambda.updates).toMatchObject([
    {
      ...{ FunctionName: "api", Name: alias, FunctionVersion: "1" },
      RoutingConfig: { AdditionalVersionWeights: { "2": 0.1 } },
    },
  ]);
});

test("a function without the alias is left out", async () => {
  const { lambda } = deployed(["api"], []);
  lambda.publish({ mailer: "1" });
  expect(await new AliasSet(lambda.client, alias).versions(["api", "mailer"])).toEqual({ api: "1" });
});
