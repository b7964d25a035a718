import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppConfig } from "cdktf";
import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import { environmentNames } from "../../../deploy/config/environments";
import { loadEnvironment } from "../../../deploy/config/load-environment";
import { synthesizedForAws } from "../../../deploy/testing/environments";
import { synthesize } from "../../../deploy/testing/synthesize";
import { EmulatorApp } from "../../../deploy/emulator/emulator-app";
import { environmentStacks } from "../../../deploy/stacks";
import { root } from "../../build/paths";
import { notEnforcedByEmulator } from "./not-enforced-by-emulator";
import { policyDocuments, type PolicyDocument, type PolicyStatement } from "./policy-documents";

jest.setTimeout(60_000); // environments are synthesized one after the other

const emulatorApp = (options: AppConfig) => new EmulatorApp(options, "http://127.0.0.1:4566");

async function documentsForEmulator(name: string): Promise<PolicyDocument[]> {
  const config = await loadEnvironment(name);
  const synthesized = { name, config, ...synthesize(config, emulatorApp) };
  return policyDocuments(new ResolvedEnvironment(synthesized), { demandTls: false });
}

const withoutConditions = (statement: PolicyStatement) => ({ ...statement, Condition: {} });

/** What a statement says to AWS only: a condition key each, or all of it. */
function lost(statement: PolicyStatement, emulated: readonly PolicyStatement[]): string[] {
  const found = emulated.find(({ Sid }) => Sid === statement.Sid);
  if (found === undefined) return [statement.Sid];
  expect(withoutConditions(found)).toEqual(withoutConditions(statement));
  return Object.entries(statement.Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) => {
      const kept = found.Condition[operator]?.[key];
      if (kept !== undefined) expect(kept).toEqual(values);
      return kept === undefined ? [`${statement.Sid} ${key}`] : [];
    }),
  );
}

test("what policies do not say to the emulator is in the list, and the list has nothing else", async () => {
  const losses: string[] = [];
  const foreign: string[] = [];
  for (const name of environmentNames()) {
    const documents = policyDocuments(new ResolvedEnvironment(await synthesizedForAws(name)));
    const forAws = new Map(documents.map(({ where, statements }) => [where, statements]));
    const emulated = await documentsForEmulator(name);
    for (const { where, statements } of documents) {
      const others = emulated.find((document) => document.where === where)?.statements ?? [];
      losses.push(...statements.flatMap((statement) => lost(statement, others)));
    }
    for (const { where, statements } of emulated) {
      // What is added is what is there, in the emulator's words.
      const known = forAws.get(where)?.map(({ Sid }) => Sid) ?? [];
      const added = statements.filter(({ Sid }) => !known.includes(Sid.replace(/Emulated\d+$/, "")));
      foreign.push(...added.map(({ Sid }) => `${where} ${Sid}`));
    }
  }
  expect(foreign).toEqual([]);
  const listed = notEnforcedByEmulator.map(({ statement, key }) => [statement, key].join(" ").trim());
  expect([...new Set(losses)].sort()).toEqual([...listed].sort());
});

test("each of them is reported when the stacks are synthesized for the emulator", async () => {
  const outdir = mkdtempSync(join(tmpdir(), "removed-"));
  try {
    const app = emulatorApp({ outdir, stackTraces: false });
    for (const name of environmentNames()) environmentStacks(app, await loadEnvironment(name));
    app.synth();
    const reported = app.aspect.removed.map(({ statement, key }) => ({ statement, key }));
    const listed = notEnforcedByEmulator.map(({ statement, key }) => ({ statement, key }));
    expect(reported).toEqual(expect.arrayContaining(listed));
    expect(listed).toEqual(expect.arrayContaining(reported));
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

test.each(notEnforcedByEmulator)(
  "$statement $key is tested by another test",
  ({ testedBy: { file, test } }) => {
    expect(readFileSync(join(root, file), "utf8")).toContain(`"${test}"`);
  },
);
