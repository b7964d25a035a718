import { join } from "node:path";
import * as z from "zod";
import type { Layer } from "../../deploy/shared/environments";
import { run } from "../../scripts/local/command";
import { expectSuccess } from "./command";
import type { TestCloud } from "./test-cloud";

const outputs = z.record(z.string(), z.object({ value: z.unknown() }));

/** Reads the outputs of a deployed layer, as `terraform output` gives them. */
export async function layerOutputs({ cloud, home }: TestCloud, layer: Layer, environment: string) {
  const folder = join(home.stacks, "stacks", `${layer}-${environment}`);
  const result = await run(cloud.terraform.path, [`-chdir=${folder}`, "output", "-json"], cloud.env);
  expectSuccess(result);
  const values = outputs.parse(JSON.parse(result.stdout));
  return (name: string): string => z.string().parse(values[name]?.value);
}
