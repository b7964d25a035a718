import { environmentNames } from "../config/environments";
import { loadEnvironment } from "../config/load-environment";
import { standbyConfig } from "../config/standby-config";
import type { EnvironmentConfig } from "../config/environment-config";
import { layers, type Layer } from "../shared/layers";
import type { Settings } from "./example-settings";
import { synthesize, type SynthesizedStack } from "./synthesize";
import { TemporaryDeploy } from "./temporary-deploy";
import { exampleRepository } from "./workflow-claims";

export interface Synthesized extends Record<Layer, SynthesizedStack> {
  readonly name: string;
  readonly config: EnvironmentConfig;
}

/**
 * An environment synthesized for AWS.
 * @param root the `deploy` folder; tests use a copy
 */
export async function synthesizedForAws(name: string, root?: string): Promise<Synthesized> {
  return synthesizedOf(await loadEnvironment(name, root));
}

/** An environment, synthesized for AWS. */
const synthesizedOf = (config: EnvironmentConfig): Synthesized => ({
  name: config.name,
  config,
  ...synthesize(config),
});

/**
 * An environment of the project `example`, whose values are the same whatever a team has in its tfvars: prod is protected
 * and has all features, dev does not.
 * @param changes settings with other values, by layer
 */
export function exampleEnvironment(
  name: "dev" | "prod",
  changes: Partial<Record<Layer, Settings>> = {},
): Promise<EnvironmentConfig> {
  // JSON has no undefined, which removes a setting.
  const key = JSON.stringify([name, changes], (_name, value: unknown) => value ?? null);
  const example = loadedExamples.get(key) ?? loadExample(name, changes);
  loadedExamples.set(key, example);
  return example;
}

const loadedExamples = new Map<string, Promise<EnvironmentConfig>>();

async function loadExample(
  name: "dev" | "prod",
  changes: Partial<Record<Layer, Settings>>,
): Promise<EnvironmentConfig> {
  const deploy = new TemporaryDeploy();
  try {
    for (const layer of layers) deploy.set(layer, name, changes[layer] ?? {});
    return await loadEnvironment(name, deploy.root);
  } finally {
    deploy.dispose();
  }
}

/** The example of dev with or without a customer managed key, synthesized for AWS. */
export async function synthesizedWithKey(hasKey: boolean): Promise<Synthesized> {
  return synthesizedOf(
    await exampleEnvironment("dev", { core: { "encryption.customer_managed_key": String(hasKey) } }),
  );
}

/**
 * The first and the second region of an environment, synthesized for AWS.
 * @throws {Error} when it has no second region
 */
export function synthesizedRegions(config: EnvironmentConfig): [first: Synthesized, second: Synthesized] {
  const standby = standbyConfig(config);
  if (standby === undefined) throw new Error(`Expected recovery in the configuration of ${config.name}`);
  return [synthesizedOf(config), synthesizedOf(standby)];
}

/** The team's environment with most features, synthesized for AWS. */
export async function fullestEnvironment(): Promise<Synthesized> {
  const all = await Promise.all(environmentNames().map((name) => loadEnvironment(name)));
  const features = ({ core, infra }: EnvironmentConfig) =>
    [
      core.protected,
      core.encryption.customer_managed_key,
      core.github !== undefined,
      infra.table.enabled,
    ].filter(Boolean).length;
  const [fullest] = all.sort((one, other) => features(other) - features(one));
  if (fullest === undefined) throw new Error("Expected an environment in deploy/10_core/environments");
  return synthesizedOf(fullest);
}

/** The name of the example of prod among the environments that are tested. */
const example = "the example";

/** The team's environments, and an example with all features, which those may not have. */
export const testedEnvironments = (): string[] => [...environmentNames(), example];

export const testedEnvironment = (name: string) =>
  name === example ? exampleEnvironment("prod") : loadEnvironment(name);

/** One of `testedEnvironments`, synthesized for AWS. */
export const synthesizedForTest = async (name: string): Promise<Synthesized> =>
  synthesizedOf(await testedEnvironment(name));

/** One of `testedEnvironments`, synthesized for AWS with the roles of workflows, also when tfvars have no repository. */
export async function synthesizedWithRoles(name: string): Promise<Synthesized> {
  const config = await testedEnvironment(name);
  const github = config.core.github ?? exampleRepository;
  return synthesizedOf({ ...config, core: { ...config.core, github } });
}

/** An example environment, synthesized for AWS. */
export const synthesizedExample = async (
  ...example: Parameters<typeof exampleEnvironment>
): Promise<Synthesized> => synthesizedOf(await exampleEnvironment(...example));

/** Runs the same tests on each of `testedEnvironments`, synthesized for AWS. */
export function forEachEnvironment(define: (environment: () => Synthesized) => void): void {
  describe.each(testedEnvironments())("%s", (name) => {
    let found: Synthesized;
    beforeAll(async () => {
      found = await synthesizedForTest(name);
    });
    define(() => found);
  });
}
