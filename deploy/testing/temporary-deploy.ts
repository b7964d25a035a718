import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const deployFolder = join(__dirname, "..");

/** What this repository ships; a team may have added others, of which tests of mistakes know nothing. */
const shipped = ["dev", "stage", "prod"];

/** A copy of the shipped tfvars that a test may break. */
export interface TemporaryDeploy {
  readonly root: string;
  /** Replaces a text of a file, which must be there, e.g. `edit("10_core", "dev", "terraform", "true", "1")`. */
  edit(layer: string, environment: string, file: "terraform" | "backend", from: string, to: string): void;
  write(layer: string, environment: string, file: "terraform" | "backend", text: string): void;
  remove(layer: string, environment: string, file: "terraform" | "backend"): void;
  dispose(): void;
}

export function temporaryDeploy(): TemporaryDeploy {
  const root = mkdtempSync(join(tmpdir(), "deploy-"));
  for (const layer of ["10_core", "20_infra", "30_app"]) {
    for (const name of shipped) {
      const environment = join(layer, "environments", name);
      cpSync(join(deployFolder, environment), join(root, environment), { recursive: true });
    }
  }
  const path = (layer: string, environment: string, file: string) =>
    join(root, layer, "environments", environment, `${file}.tfvars`);
  return {
    root,
    edit(layer, environment, file, from, to) {
      const text = readFileSync(path(layer, environment, file), "utf8");
      if (!text.includes(from)) throw new Error(`${path(layer, environment, file)} has no "${from}"`);
      writeFileSync(path(layer, environment, file), text.replace(from, to));
    },
    write: (layer, environment, file, text) => {
      writeFileSync(path(layer, environment, file), text);
    },
    remove: (layer, environment, file) => {
      rmSync(path(layer, environment, file));
    },
    dispose: () => {
      rmSync(root, { recursive: true });
    },
  };
}
