import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, type AppConfig, type TerraformStack } from "cdktf";
import * as z from "zod";
import { statementSchema } from "../shared/policy-document";
import type { Layer } from "../shared/layers";
import { environmentStacks } from "../stacks";
import type { EnvironmentConfig } from "../config/environment-config";

const attributes = z.record(z.string(), z.unknown());
const byType = z.record(z.string(), z.record(z.string(), attributes));
const stackJson = z.object({
  terraform: z.object({ required_version: z.string(), backend: z.object({ s3: attributes }) }),
  provider: z.object({ aws: z.tuple([attributes]).rest(attributes) }),
  resource: byType.default({}),
  data: byType.default({}),
  output: z.record(z.string(), z.object({ value: z.unknown() })).default({}),
});

export type Attributes = z.output<typeof attributes>;

/** A synthesized stack, with queries for tests. */
export class SynthesizedStack {
  readonly json: z.output<typeof stackJson>;

  constructor(json: string) {
    this.json = stackJson.parse(JSON.parse(json));
  }

  /** Every resource of a type. */
  all(type: string): Attributes[] {
    return Object.values(this.json.resource[type] ?? {});
  }

  /** The only resource of a type with the given attributes. */
  one(type: string, expected: Attributes = {}): Attributes {
    const found = this.all(type).filter((resource) =>
      Object.entries(expected).every(([name, value]) => resource[name] === value),
    );
    const [only] = found;
    if (only === undefined || found.length > 1) {
      throw new Error(`expected one ${type} with ${JSON.stringify(expected)}, found ${found.length}`);
    }
    return only;
  }
}

/** By configuration, since many tests of a file synthesize the same. */
const synthesizedForAws = new Map<string, Record<Layer, string>>();

/** Synthesizes the three stacks of an environment, with cdktf's validations; for AWS unless an app is given. */
export function synthesize(
  config: EnvironmentConfig,
  createApp?: (options: AppConfig) => App,
): Record<Layer, SynthesizedStack> {
  const key = JSON.stringify(config);
  const known = createApp ? undefined : synthesizedForAws.get(key);
  const { core, infra, app } = known ?? stackDocuments(config, createApp ?? ((options) => new App(options)));
  if (!createApp) synthesizedForAws.set(key, { core, infra, app });
  return {
    core: new SynthesizedStack(core),
    infra: new SynthesizedStack(infra),
    app: new SynthesizedStack(app),
  };
}

function stackDocuments(
  config: EnvironmentConfig,
  createApp: (options: AppConfig) => App,
): Record<Layer, string> {
  const outdir = mkdtempSync(join(tmpdir(), "synthesized-"));
  try {
    const synthesized = createApp({ outdir, stackTraces: false });
    const { core, infra, app } = environmentStacks(synthesized, config);
    synthesized.synth();
    const read = ({ node }: TerraformStack) =>
      readFileSync(join(outdir, "stacks", node.id, "cdk.tf.json"), "utf8");
    return { core: read(core), infra: read(infra), app: read(app) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Accepts statements that break a rule, such as one with NotAction, which has no Action. */
const statement = z.looseObject({
  ...statementSchema.shape,
  Sid: statementSchema.shape.Sid.optional(),
  Action: statementSchema.shape.Action.default([]),
});
export type PolicyStatement = z.output<typeof statement>;

/** The statements of a policy attribute. */
export const statementsOf = (policy: unknown): PolicyStatement[] =>
  z.object({ Statement: z.array(statement) }).parse(JSON.parse(z.string().parse(policy))).Statement;
