import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { layers, type Layer } from "../../deploy/shared/layers";
import { stackId } from "../../deploy/shared/naming";
import { changedFile, folderHashes } from "../../packages/terraform-plan/src/folder-hashes";
import { planSummary } from "../../packages/terraform-plan/src/plan-summary";
import { noPlan, planChanged } from "./errors";

const manifestFile = "manifest.json";
/** What Terraform creates again where the plan is applied, and what is no part of the plan. */
const ignored = /(^|\/)\.terraform(\/|$)|^log$|^manifest\.json$/;

const layerSummary = planSummary.extend({
  layer: z.enum(layers),
  /** `placeholder`: planned on made-up outputs of a layer below; `provisional`: on outputs that are about to change. */
  stands: z.enum(["firm", "provisional", "placeholder"]),
  /** The layer below that is not there, or about to change. */
  because: z.enum(layers).optional(),
});
export type LayerSummary = z.output<typeof layerSummary>;

const manifest = z.object({
  environment: z.string(),
  account: z.string(),
  /** The same account id is one account at AWS, and another at an emulator. */
  cloud: z.enum(["AWS", "emulator"]),
  commit: z.string(),
  madeAt: z.string(),
  layers: z.array(layerSummary),
  /** SHA-256 of every file of the plan, by its path. */
  files: z.record(z.string(), z.string()),
});
export type Manifest = z.output<typeof manifest>;

/** Everything that was planned for an environment, in a folder that can be kept, reviewed and applied elsewhere. */
export class PlanFolder {
  constructor(readonly folder: string) {}

  stack = (layer: Layer, environment: string) => join(this.folder, "stacks", stackId(layer, environment));

  seal(contents: Omit<Manifest, "files">): void {
    const files = Object.fromEntries(folderHashes(this.folder, ignored));
    writeFileSync(join(this.folder, manifestFile), JSON.stringify({ ...contents, files }, null, 2));
  }

  /**
   * What the plan is said to be, its files not looked at.
   * @throws {CommandError} when there is no plan
   */
  read(): Manifest {
    const path = join(this.folder, manifestFile);
    if (!existsSync(path)) throw noPlan(this.folder);
    // cdktf leaves a file of that name too; it is not replaced when planning fails.
    const { success, data } = manifest.safeParse(JSON.parse(readFileSync(path, "utf8")));
    if (!success) throw noPlan(this.folder);
    return data;
  }

  /** @throws {CommandError} when there is no plan, or it is not as it was written */
  open(): Manifest {
    const read = this.read();
    const changed = changedFile(read.files, folderHashes(this.folder, ignored));
    if (changed !== undefined) throw planChanged(changed);
    return read;
  }
}
