import { join } from "node:path";
import * as z from "zod";
import type { Layer } from "../../deploy/shared/layers";
import { run } from "../../packages/local-cloud/src/command";
import type { LocalPaths } from "../../packages/local-cloud/src/local-paths";
import type { LocalCloud } from "../../scripts/local/local-cloud";
import { expectSuccess } from "./command";

const outputs = z.record(z.string(), z.object({ value: z.unknown() }));

/** Reads the outputs of a deployed layer by `terraform output`. */
export async function layerOutputs(cloud: LocalCloud, home: LocalPaths, layer: Layer) {
  const folder = join(home.stacks, "stacks", `${layer}-${cloud.config.name}`);
  const result = await run(cloud.terraform.path, [`-chdir=${folder}`, "output", "-json"], cloud.env);
  expectSuccess(result);
  const values = outputs.parse(JSON.parse(result.stdout));
  return (name: string): string => z.string().parse(values[name]?.value);
}
