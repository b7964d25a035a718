import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replaceOnce } from "./replace-once";

const deployFolder = join(__dirname, "..");

/**
 * The published environments and accounts. A team replaces the accounts and may add environments, which must not affect
 * tests.
 */
const shipped = new Map([
  ["dev", "111111111111"],
  ["stage", "222222222222"],
  ["prod", "333333333333"],
]);

/** A copy of the tfvars that a test may edit. */
export interface TemporaryDeploy {
  readonly root: string;
  /** Replaces a string in a file; throws when there is no match: `edit("10_core", "dev", "terraform", "true", "1")`. */
  edit(layer: string, environment: string, file: "terraform" | "backend", from: string, to: string): void;
  write(layer: string, environment: string, file: "terraform" | "backend", content: string): void;
  remove(layer: string, environment: string, file: "terraform" | "backend"): void;
  /** Copies the files of an environment to another name. */
  copyEnvironment(from: string, to: string): void;
  dispose(): void;
}

export function temporaryDeploy(): TemporaryDeploy {
  const root = mkdtempSync(join(tmpdir(), "deploy-"));
  for (const layer of ["10_core", "20_infra", "30_app"]) {
    for (const [name, accountId] of shipped) {
      const folder = join(layer, "environments", name);
      mkdirSync(join(root, folder), { recursive: true });
      for (const file of readdirSync(join(deployFolder, folder))) {
        const content = readFileSync(join(deployFolder, folder, file), "utf8");
        writeFileSync(join(root, folder, file), content.replaceAll(/\b\d{12}\b/g, accountId));
      }
    }
  }
  const path = (layer: string, environment: string, file: string) =>
    join(root, layer, "environments", environment, `${file}.tfvars`);
  return {
    root,
    edit(layer, environment, file, from, to) {
      const name = path(layer, environment, file);
      writeFileSync(name, replaceOnce(readFileSync(name, "utf8"), from, to, name));
    },
    write: (layer, environment, file, content) => {
      writeFileSync(path(layer, environment, file), content);
    },
    remove: (layer, environment, file) => {
      rmSync(path(layer, environment, file));
    },
    copyEnvironment: (from, to) => {
      for (const layer of ["10_core", "20_infra", "30_app"])
        cpSync(join(root, layer, "environments", from), join(root, layer, "environments", to), {
          recursive: true,
        });
    },
    dispose: () => {
      rmSync(root, { recursive: true });
    },
  };
}
