import { environmentNames } from "../config/environments";
import { loadEnvironment } from "../config/load-environment";
import type { EnvironmentConfig } from "../config/environment-config";
import { synthesize, type SynthesizedStack } from "./synthesize";
import type { Layer } from "../shared/layers";

export interface Synthesized extends Record<Layer, SynthesizedStack> {
  readonly name: string;
  readonly config: EnvironmentConfig;
}

/** An environment synthesized for AWS. */
export async function synthesizedForAws(name: string): Promise<Synthesized> {
  const config = await loadEnvironment(name);
  return { name, config, ...synthesize(config) };
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
