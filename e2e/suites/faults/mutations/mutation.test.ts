import { runInNewContext } from "node:vm";
import type { FunctionName } from "@serverless-tasks/functions/service";
import * as ts from "typescript";
import { bundleFunction } from "../../../../scripts/build/bundle-function";
import { bundleReleaseProgram } from "../../../../scripts/build/release-program";
import { badWorkers, releaseChecks } from "../kinds/bad-version";
import { endingHandler } from "../kinds/ended-by-handler";
import { postgresKinds } from "../kinds";
import { failedDeliveries } from "../kinds/store-outage";
import {
  changesPostgres,
  mutatedBundle,
  mutatedFunctions,
  mutatedPostgresLayer,
  mutatedRelease,
  type Mutation,
} from "./mutation";
import * as protections from "./protections";
import { replaceDeclaration } from "./replace-declaration";

/** On a machine with load, a bundle takes seconds. */
jest.setTimeout(60_000);
const mutations: Mutation[] = [endingHandler, failedDeliveries, ...badWorkers, ...Object.values(protections)];

const unchanged = new Map<string, ReturnType<typeof bundleFunction>>();
function unchangedBundle(name: FunctionName) {
  const bundle = unchanged.get(name) ?? bundleFunction(name);
  unchanged.set(name, bundle);
  return bundle;
}

test.each(mutations.map((mutation) => [mutation.description, mutation] as const))(
  "the functions can be built with %s",
  async (_what, mutation) => {
    for (const name of mutatedFunctions(mutation)) {
      const [before, after] = await Promise.all([unchangedBundle(name), mutatedBundle(name, [mutation])]);
      expect(Buffer.from(after).equals(before.code)).toBe(false);
    }
  },
);

test.each(mutations.filter(changesPostgres).map((mutation) => [mutation.description, mutation] as const))(
  "the layer of PostgreSQL can be built with %s",
  async (_what, mutation) => {
    const [before, after] = await Promise.all([mutatedPostgresLayer([]), mutatedPostgresLayer([mutation])]);
    expect(Buffer.from(after).equals(before)).toBe(false);
  },
);

test.each(postgresKinds.map(({ id, protection }) => [id, protection] as const))(
  "the control of %s removes what DynamoDB's store protects from PostgreSQL's, too",
  (_id, protection) => {
    const ofDynamodb = protection.replacements.filter(({ file }) => file.includes("/dynamodb/"));
    expect(changesPostgres(protection)).toBe(ofDynamodb.length > 0);
  },
);

test("the release program can be built without its checks", async () => {
  const [before, after] = await Promise.all([bundleReleaseProgram(), mutatedRelease([releaseChecks])]);
  expect(after.length).toBeGreaterThan(before.length);
});

const source = `
export const limit: number = 1;
export function twice(by: number) { return 2 * by; }
export const handler = define({ run: () => limit });
class Counter {
  private readonly step = 3;
  constructor(private total: number) {}
  add(): number { return (this.total += this.step); }
}
export const counted = () => new Counter(1).add();
`;

test.each([
  ["limit", "(original) => original + 1", [2, 4, 2, 4]],
  ["twice", "(original) => (by) => original(by) + 1", [1, 5, 1, 4]],
  ["handler.run", "(original) => () => original() + 1", [1, 4, 2, 4]],
  ["Counter.add", "(original) => () => original() + 1", [1, 4, 1, 5]],
])("replaces the value of %s", (symbol, by, expected) => {
  const { outputText } = ts.transpileModule(replaceDeclaration(source, { symbol, by }), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const values: unknown = runInNewContext(
    `const define = (definition) => definition; const exports = {}; ${outputText};
     JSON.stringify([exports.limit, exports.twice(2), exports.handler.run(), exports.counted()])`,
  );
  expect(values).toBe(JSON.stringify(expected));
});

test.each(["limits", "Counter.remove", "handler.run.run"])(
  "throws when the source does not declare %s",
  (symbol) => {
    expect(() => replaceDeclaration(source, { symbol, by: "() => 1" })).toThrow("Expected one declaration");
  },
);
