import { BuildError } from "../../lambda-layer/src/errors";
import { reproducibleZip } from "../../lambda-layer/src/zip";
import type { FunctionBundle } from "../../lambda-layer/src/function-bundle";
import { FunctionUpdates } from "./function-updates";
import { codeHash } from "./live-code";
import { LambdaStub } from "./testing/lambda-stub";

const functions = [
  { name: "api", deployedAs: "tasks-dev-api" },
  { name: "worker", deployedAs: "tasks-dev-worker" },
] as const;

let lambda: LambdaStub;
beforeAll(async () => {
  lambda = await LambdaStub.open();
});
afterAll(() => {
  lambda.stop();
});

/** Functions with editable sources. A source with "throws" does not load, one with "syntax" does not compile. */
async function setUp() {
  const sources: Record<string, string> = { api: "1", worker: "1" };
  const imports = new Map([["express", new Set(["Router"])]]);
  const printed: string[] = [];
  const live: string[] = [];
  const updates = await FunctionUpdates.open({
    target: lambda.target,
    functions,
    bundle: (name): Promise<FunctionBundle> => {
      const source = sources[name] ?? "";
      if (source.includes("syntax")) return Promise.reject(new BuildError("Could not build: a syntax error"));
      const used = new Map([
        ...imports,
        ...(source.includes("import") ? ([["express", new Set(["json"])]] as const) : []),
      ]);
      return Promise.resolve({
        code: Buffer.from(source),
        sourceMap: Buffer.from("{}"),
        imports: used,
        files: [],
      });
    },
    loadCheck: {
      errorOf: (_deployed, code) =>
        Promise.resolve(
          Buffer.from(code).includes("throws") ? "Error: SECRET_ARNS.token is missing\n at 1:1" : undefined,
        ),
    },
    onLive: (name, { code }) => live.push(`${name} ${Buffer.from(code).toString()}`),
    originalStack: (stack) => stack.replace("1:1", "functions/source.ts:2:3"),
    restart: "restart it",
    print: (line) => printed.push(line.replace(/\d+ ms/, "N ms")),
  });
  const save = async (changes: Readonly<Record<string, string>>) => {
    Object.assign(sources, changes);
    await updates.update();
    return printed.splice(0);
  };
  const runs = async (name: string, source: string) => {
    expect(lambda.liveHash(name)).toBe(codeHash(await reproducibleZip({ "index.js": Buffer.from(source) })));
  };
  return { save, runs, live, updates };
}

test("only functions whose code has changed are updated", async () => {
  const { save, runs, live } = await setUp();
  expect(await save({})).toEqual([]);
  expect(await save({ worker: "2" })).toEqual(["updated worker in N ms"]);
  await runs("tasks-dev-worker", "2");
  expect(await save({ api: "2", worker: "3" })).toEqual(["updated api, worker in N ms"]);
  expect(live).toEqual(["api 1", "worker 1", "worker 2", "api 2", "worker 3"]);
});

test("code that does not load is not published: the function keeps its code, with the reason in the sources", async () => {
  const { save, runs, live } = await setUp();
  await save({ worker: "good" });
  const [reason = "", ...others] = await save({ api: "new", worker: "throws" });
  expect(reason).toContain("worker is not updated and keeps its code: it does not load");
  expect(reason).toContain("SECRET_ARNS.token is missing\n     at functions/source.ts:2:3\n");
  expect(reason).toContain("restart it");
  // The other function is not affected.
  expect(others).toEqual(["updated api in N ms"]);
  await runs("tasks-dev-worker", "good");
  await runs("tasks-dev-api", "new");
  expect(live).not.toContain("worker throws");
  // It is not repeated by the next save.
  expect(await save({})).toEqual([]);
});

test("an import that the deployed layer lacks is not published", async () => {
  const { save } = await setUp();
  const [reason = ""] = await save({ worker: "import json" });
  expect(reason).toContain("it imports json of express, which the deployed layer does not contain.");
  expect(reason).toContain("restart it");
});

test("a build error is printed once, and so is that it is fixed, even if nothing is to be updated", async () => {
  const { save, updates } = await setUp();
  expect(await save({ worker: "syntax" })).toEqual(["Could not build: a syntax error"]);
  expect(updates.areBuilt).toBe(false);
  expect(await save({ api: "other" })).toEqual([]);
  expect(await save({ api: "1", worker: "1" })).toEqual([
    "Fixed: all functions are built, and run their sources.",
  ]);
  expect(updates.areBuilt).toBe(true);
  expect(await save({})).toEqual([]);
});
