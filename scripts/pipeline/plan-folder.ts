import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { layers } from "../../deploy/shared/layers";
import { changedFile, folderHashes } from "../../packages/terraform-plan/src/folder-hashes";
import { planSummary } from "../../packages/terraform-plan/src/plan-summary";
import { stackLabel } from "../bootstrap/environment-stacks";
import { noPlan, planChanged } from "./errors";

const manifestFile = "manifest.json";
/** Files that Terraform recreates, and files that are not part of the plan. */
const ignored = /(^|\/)\.terraform(\/|$)|^log$|^manifest\.json$/;

const layerSummary = planSummary.extend({
  layer: z.enum(layers),
  /** The second region, for a layer there. */
  standbyRegion: z.string().optional(),
  /** `provisional`: outputs of a lower layer are about to change; `placeholder`: a lower layer was never applied. */
  status: z.enum(["final", "provisional", "placeholder"]),
  /** The label of the lower layer that is missing, or about to change. */
  blockedBy: z.string().optional(),
});
export type LayerSummary = z.output<typeof layerSummary>;

type NamedLayer = Pick<LayerSummary, "layer" | "standbyRegion">;
/** `core`; in the second region `core (eu-west-1)` */
export const labelOf = ({ layer, standbyRegion }: NamedLayer) => stackLabel(layer, standbyRegion);

const manifest = z.object({
  environment: z.string(),
  account: z.string(),
  /** The same account id is another account on an emulator. */
  cloud: z.enum(["AWS", "emulator"]),
  commit: z.string(),
  createdAt: z.string(),
  layers: z.array(layerSummary),
  /** SHA-256 of every file of the plan, by its path. */
  files: z.record(z.string(), z.string()),
});
export type Manifest = z.output<typeof manifest>;

/** The plans of an environment's layers, in a folder that can be stored, reviewed and applied elsewhere. */
export class PlanFolder {
  constructor(readonly folder: string) {}

  /** The folder of a stack, by its id. */
  stack = (id: string) => join(this.folder, "stacks", id);

  writeManifest(contents: Omit<Manifest, "files">): void {
    const files = Object.fromEntries(folderHashes(this.folder, ignored));
    writeFileSync(join(this.folder, manifestFile), JSON.stringify({ ...contents, files }, null, 2));
  }

  /**
   * Reads the manifest without verifying the files.
   * @throws {CommandError} when there is no plan
   */
  read(): Manifest {
    const path = join(this.folder, manifestFile);
    if (!existsSync(path)) throw noPlan(this.folder);
    // cdktf writes a file with this name too, which remains when planning fails.
    const { success, data } = manifest.safeParse(JSON.parse(readFileSync(path, "utf8")));
    if (!success) throw noPlan(this.folder);
    return data;
  }

  /** @throws {CommandError} when there is no plan, or a file was changed */
  open(): Manifest {
    const read = this.read();
    const changed = changedFile(read.files, folderHashes(this.folder, ignored));
    if (changed !== undefined) throw planChanged(changed);
    return read;
  }
}
