import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import * as z from "zod";
import type { Layer } from "../../deploy/shared/layers";
import { stackId } from "../../deploy/shared/naming";
import { noPlan, planChanged } from "./errors";
import { layerSummary } from "./plan-summary";

const manifestFile = "manifest.json";
/** What Terraform makes anew where the plan is applied. */
const made = /(^|\/)\.terraform(\/|$)|^log$/;

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
    const files = Object.fromEntries(this.hashes());
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
    const found = this.hashes();
    const changed = [...new Set([...found.keys(), ...Object.keys(read.files)])].find(
      (file) => found.get(file) !== read.files[file],
    );
    if (changed !== undefined) throw planChanged(changed);
    return read;
  }

  private hashes(): Map<string, string> {
    const hash = (file: string) =>
      createHash("sha256")
        .update(readFileSync(join(this.folder, file)))
        .digest("hex");
    return new Map(this.files(this.folder).map((file) => [file, hash(file)]));
  }

  private files(folder: string): string[] {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name))
      .filter(
        (path) => !made.test(relative(this.folder, path)) && relative(this.folder, path) !== manifestFile,
      )
      .flatMap((path) => (statSync(path).isDirectory() ? this.files(path) : [relative(this.folder, path)]));
  }
}
