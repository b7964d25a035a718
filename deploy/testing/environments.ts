import { environmentNames } from "../config/environments";
import { loadEnvironment } from "../config/load-environment";
import type { EnvironmentConfig } from "../config/environment-config";
import { synthesize, type SynthesizedStack } from "./synthesize";
import type { Layer } from "../shared/layers";

export interface Synthesized extends Record<Layer, SynthesizedStack> {
  readonly name: string;
  readonly config: EnvironmentConfig;
}

/**
 * An environment synthesized for AWS.
 * @param root the `deploy` folder; tests use a copy
 */
export async function synthesizedForAws(name: string, root?: string): Promise<Synthesized> {
  const config = await loadEnvironment(name, root);
  return { name, config, ...synthesize(config) };
}

/** dev with or without a customer managed key, synthesized for AWS. */
export async function synthesizedWithKey(customer_managed_key: boolean): Promise<Synthesized> {
  const dev = await loadEnvironment("dev");
  const encryption = { ...dev.core.encryption, customer_managed_key };
  const config = { ...dev, core: { ...dev.core, encryption } };
  return { name: dev.name, config, ...synthesize(config) };
}

/** Runs the same tests on each shipped environment, synthesized for AWS. */
export function forEachEnvironment(define: (environment: () => Synthesized) => void): void {
  describe.each(environmentNames())("%s", (name) => {
    let synthesized: Synthesized;
    beforeAll(async () => {
      synthesized = await synthesizedForAws(name);
    });
    define(() => synthesized);
  });
}
