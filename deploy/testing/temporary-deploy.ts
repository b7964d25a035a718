import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { environmentNames, tfvarsPath, type TfvarsFile } from "../config/environments";
import { layers, type Layer } from "../shared/layers";
import { withSettings } from "../../packages/hcl-edit/src/setting";
import { exampleBackend, exampleSettings, protectedSettings, type Settings } from "./example-settings";

const accounts = { dev: "111111111111", stage: "222222222222", prod: "333333333333" };

/** The only entry of `schedules`. */
export const oneSchedule = ({
  name = "daily-report",
  expression = "cron(0 6 * * ? *)",
  type = "echo",
  payload = '{ message = "hello" }',
} = {}): Settings => ({
  schedules: `{ "${name}" = { expression = "${expression}", type = "${type}", payload = ${payload} } }`,
});

/**
 * Replaces the environments in a `deploy` folder by dev, stage and prod of the project `example`, each with an account and
 * states of its own. prod is protected; dev and stage have the same values.
 */
export function writeExampleEnvironments(root: string): void {
  for (const layer of layers) rmSync(dirname(folderOf(layer, "dev", root)), { recursive: true, force: true });
  for (const { layer, name, files } of exampleFolders()) {
    mkdirSync(folderOf(layer, name, root), { recursive: true });
    for (const [file, text] of files) writeFileSync(tfvarsPath(layer, name, file, root), text);
  }
}

const folderOf = (layer: Layer, name: string, root: string) =>
  dirname(tfvarsPath(layer, name, "terraform", root));

interface ExampleFolder {
  readonly layer: Layer;
  readonly name: string;
  readonly files: readonly (readonly [TfvarsFile, string])[];
}

let written: readonly ExampleFolder[] | undefined;
/** Edited once: each edit reads a file from its start. */
const exampleFolders = () => (written ??= editedFolders());

function editedFolders(): ExampleFolder[] {
  const [team = "dev"] = environmentNames();
  const edited = (layer: Layer, file: TfvarsFile, all: readonly Settings[]) =>
    [file, all.reduce(withSettings, readFileSync(tfvarsPath(layer, team, file), "utf8"))] as const;
  return Object.entries(accounts).flatMap(([name, account]) =>
    layers.map((layer) => {
      const backend = edited(layer, "backend", [exampleBackend(layer, name, account)]);
      const settings = [exampleSettings(account)[layer]];
      if (name === "prod") settings.push(protectedSettings[layer]);
      return { layer, name, files: [backend, edited(layer, "terraform", settings)] };
    }),
  );
}

/** Sets values of a file by name, whatever they were. */
function setIn(
  root: string,
  layer: Layer,
  environment: string,
  settings: Settings,
  file: TfvarsFile = "terraform",
) {
  const path = tfvarsPath(layer, environment, file, root);
  writeFileSync(path, withSettings(readFileSync(path, "utf8"), settings));
}

/** The example environments, for a test to change. */
export class TemporaryDeploy {
  readonly root = mkdtempSync(join(tmpdir(), "deploy-"));

  constructor() {
    writeExampleEnvironments(this.root);
  }

  path(layer: Layer, environment: string, file: TfvarsFile): string {
    return tfvarsPath(layer, environment, file, this.root);
  }

  /** Sets values of a file by name, whatever they were. */
  set(layer: Layer, environment: string, settings: Settings, file?: TfvarsFile): void {
    setIn(this.root, layer, environment, settings, file);
  }

  /** Gives an environment the values of prod, except for its domain, which no other environment may have. */
  protect(environment: string): void {
    for (const layer of layers) this.set(layer, environment, protectedSettings[layer]);
    this.set("infra", environment, { domain: undefined, edge: undefined });
  }

  /** Copies the files of an environment to another name. */
  copyEnvironment(from: string, to: string): void {
    for (const layer of layers) {
      const folder = (name: string) => dirname(this.path(layer, name, "terraform"));
      cpSync(folder(from), folder(to), { recursive: true });
    }
  }

  dispose(): void {
    rmSync(this.root, { recursive: true });
  }
}
