import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppConfig } from "cdktf";
import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import {
  exampleEnvironment,
  synthesizedForTest,
  testedEnvironment,
  testedEnvironments,
} from "../../../deploy/testing/environments";
import { synthesize } from "../../../deploy/testing/synthesize";
import { EmulatorApp } from "../../../deploy/emulator/emulator-app";
import { environmentStacks } from "../../../deploy/stacks";
import { root } from "../../build/paths";
import type { PolicyDocument, PolicyStatement } from "../../../packages/iam-policy/src/statement";
import { policyDocuments } from "../../testing/policy-documents";

jest.setTimeout(60_000); // environments are synthesized one after the other

/** A statement or condition that is applied in AWS only, and the test that covers it instead. */
interface NotEnforced {
  /** The statement's id. */
  readonly statement: string;
  /** The condition key that is left out; undefined when the whole statement is. */
  readonly key?: string;
  readonly why: string;
  readonly testedBy: { readonly file: string; readonly test: string };
}

const neverSet = "the emulator never sets the key, so the condition could not be met";

const ofDeployRole = (statement: string, key: string, test: string): NotEnforced => ({
  statement,
  key,
  why: neverSet,
  testedBy: { file: "scripts/checks/policy/deploy-role.test.ts", test },
});

const claim = (name: string): NotEnforced => ({
  statement: "GitHubActions",
  key: `token.actions.githubusercontent.com:${name}`,
  why: "the emulator reads only the subject and the audience of a token",
  testedBy: { file: "deploy/10_core/github/trust.test.ts", test: "deploy: $what" },
});

/** The complete list; a test compares it with the synthesized policies. */
const notEnforcedByEmulator: readonly NotEnforced[] = [
  ofDeployRole("WriteBoundedRoles", "iam:PermissionsBoundary", "%s only for roles inside the boundary"),
  ofDeployRole("WritePassedRoles", "iam:PassedToService", "iam:PassRole to Lambda only"),
  ...["WriteEventSources", "WriteNewEventSources"].map((statement) =>
    ofDeployRole(statement, "lambda:FunctionArn", "lambda:%sEventSourceMapping for its own functions only"),
  ),
  ofDeployRole(
    "WriteRecords",
    "route53:ChangeResourceRecordSetsNormalizedRecordNames",
    "route53:ChangeResourceRecordSets for the API's records only",
  ),
  {
    statement: "PauseMappings",
    key: "lambda:FunctionArn",
    why: neverSet,
    testedBy: {
      file: "deploy/10_core/operator-role.test.ts",
      test: "it pauses mappings of the environment's functions only",
    },
  },
  ofDeployRole("WriteFlowLogsRole", "iam:PassedToService", "iam:PassRole to Lambda only"),
  {
    statement: "DenyInterfacesToCode",
    why: "the emulator never sets lambda:SourceFunctionArn, so that the statement would deny Lambda as well",
    testedBy: {
      file: "deploy/30_app/in-network.test.ts",
      test: "a function's own code cannot change network interfaces",
    },
  },
  ...["environment", "job_workflow_ref", "repository_id"].map(claim),
  {
    statement: "DenyInsecureTransport",
    why: "it would deny all requests over the emulator's plain HTTP",
    testedBy: {
      file: "deploy/policies/rules.test.ts",
      test: "queues, topics and buckets require TLS",
    },
  },
];
const emulatorApp = (options: AppConfig) => new EmulatorApp(options, "http://127.0.0.1:4566");

async function documentsForEmulator(name: string): Promise<PolicyDocument[]> {
  const config = await testedEnvironment(name);
  const synthesized = { name: config.name, config, ...synthesize(config, emulatorApp) };
  return policyDocuments(new ResolvedEnvironment(synthesized), { demandTls: false });
}

const withoutConditions = (statement: PolicyStatement) => ({ ...statement, Condition: {} });

/** The condition keys that a statement has in AWS only, or the whole statement. */
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

test("the list is exactly what policies for the emulator leave out", async () => {
  const losses: string[] = [];
  const foreign: string[] = [];
  for (const name of testedEnvironments()) {
    const documents = policyDocuments(new ResolvedEnvironment(await synthesizedForTest(name)));
    const forAws = new Map(documents.map(({ where, statements }) => [where, statements]));
    const emulated = await documentsForEmulator(name);
    for (const { where, statements } of documents) {
      const others = emulated.find((document) => document.where === where)?.statements ?? [];
      losses.push(...statements.flatMap((statement) => lost(statement, others)));
    }
    for (const { where, statements } of emulated) {
      // Added statements are variants of existing ones, with the emulator's actions.
      const known = forAws.get(where)?.map(({ Sid }) => Sid) ?? [];
      const added = statements.filter(({ Sid }) => !known.includes(Sid.replace(/Emulated\d+$/, "")));
      foreign.push(...added.map(({ Sid }) => `${where} ${Sid}`));
    }
  }
  expect(foreign).toEqual([]);
  const listed = notEnforcedByEmulator.map(({ statement, key }) => [statement, key].join(" ").trim());
  expect([...new Set(losses)].sort()).toEqual([...listed].sort());
});

test("synthesis for the emulator reports each omission", async () => {
  const outdir = mkdtempSync(join(tmpdir(), "removed-"));
  try {
    const app = emulatorApp({ outdir, stackTraces: false });
    environmentStacks(app, await exampleEnvironment("prod"));
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
  "$statement $key is covered by another test",
  ({ testedBy: { file, test } }) => {
    expect(readFileSync(join(root, file), "utf8")).toContain(`"${test}"`);
  },
);
