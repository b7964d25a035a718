import { join, resolve } from "node:path";
import { project } from "./project";

/** Files and folders of the local cloud, ignored by git. */
export interface LocalPaths {
  readonly folder: string;
  /** Installed programs, shared by tests. */
  readonly tools: string;
  /** Lock folder; see `LocalCloudLock`. */
  readonly lock: string;
  readonly emulator: string;
  readonly emulatorState: string;
  readonly emulatorObjects: string;
  /** Hashes of the emulator's files after a clean shutdown. */
  readonly stateManifest: string;
  /** Data of database servers, a folder for each environment. */
  readonly databases: string;
  readonly emulatorLog: string;
  readonly deployLog: string;
  readonly pluginCache: string;
  readonly terraformConfig: string;
  /** Synthesized stacks and Terraform's working folders. */
  readonly stacks: string;
  /** The stacks' outputs, after a deployment. */
  readonly outputs: string;
  /** Record of an environment's last deployment. */
  readonly applied: (environment: string) => string;
  /** The store that an environment was started with. */
  readonly store: (environment: string) => string;
  /** What functions and queues had before a process has changed them for a time. */
  readonly temporarySettings: string;
}

/** `.local`, or the folders that LOCAL_CLOUD_HOME and LOCAL_CLOUD_TOOLS name. */
export function localPaths(
  { LOCAL_CLOUD_HOME, LOCAL_CLOUD_TOOLS }: NodeJS.ProcessEnv = process.env,
): LocalPaths {
  const folder = resolve(LOCAL_CLOUD_HOME ?? join(project, ".local"));
  return {
    folder,
    tools: resolve(LOCAL_CLOUD_TOOLS ?? join(project, ".local", "tools")),
    lock: join(folder, "lock"),
    emulator: join(folder, "emulator"),
    emulatorState: join(folder, "emulator", "state"),
    emulatorObjects: join(folder, "emulator", "s3"),
    stateManifest: join(folder, "emulator", "saved.json"),
    databases: join(folder, "postgres"),
    emulatorLog: join(folder, "emulator.log"),
    deployLog: join(folder, "deploy.log"),
    pluginCache: join(folder, "plugin-cache"),
    terraformConfig: join(folder, "terraform.rc"),
    stacks: join(folder, "cdktf.out"),
    outputs: join(folder, "cdktf.out.outputs.json"),
    applied: (environment) => join(folder, `applied-${environment}.json`),
    store: (environment) => join(folder, `store-${environment}.json`),
    temporarySettings: join(folder, "temporary-settings.json"),
  };
}
