import { join } from "node:path";
import * as z from "zod";
import type { Layer } from "../../deploy/shared/layers";
import { run } from "../../packages/local-cloud/src/command";
import type { LocalPaths } from "../../packages/local-cloud/src/local-paths";
import type { LocalCloud } from "../../scripts/local/local-cloud";
import { expectSuccess } from "./command";

const outputs = z.record(z.string(), z.object({ value: z.unknown() }));

/** Reads the outputs of a deployed stack, such as `infra-dev`, by `terraform output`. */
export async function stackOutputs(cloud: LocalCloud, home: LocalPaths, stack: string) {
  const folder = join(home.stacks, "stacks", stack);
  const result = await run(cloud.terraform.path, [`-chdir=${folder}`, "output", "-json"], cloud.env);
  expectSuccess(result);
  const values = outputs.parse(JSON.parse(result.stdout));
  const optional = (name: string): string | undefined => z.optional(z.string()).parse(values[name]?.value);
  return Object.assign((name: string): string => z.string().parse(optional(name)), { optional });
}

/** Reads the outputs of a deployed layer. */
export const layerOutputs = (cloud: LocalCloud, home: LocalPaths, layer: Layer) =>
  stackOutputs(cloud, home, `${layer}-${cloud.config.name}`);
