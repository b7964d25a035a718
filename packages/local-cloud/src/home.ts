import { join, resolve } from "node:path";
import { project } from "./project";

/** Where the local cloud keeps everything; git ignores it. */
export interface Home {
  readonly folder: string;
  /** What was installed; tests share it, since it never changes. */
  readonly tools: string;
  /** Names the process that runs the local cloud. */
  readonly lock: string;
  readonly emulator: string;
  readonly emulatorState: string;
  readonly emulatorObjects: string;
  /** What the emulator saved when it was last shut down cleanly. */
  readonly seal: string;
  readonly emulatorLog: string;
  readonly deployLog: string;
  readonly pluginCache: string;
  readonly terraformConfig: string;
  /** Synthesized stacks and Terraform's working folders. */
  readonly stacks: string;
  /** The stacks' outputs, after a deployment. */
  readonly outputs: string;
  /** What was applied last to an environment. */
  readonly applied: (environment: string) => string;
}

/** `.local`, or the folders that LOCAL_CLOUD_HOME and LOCAL_CLOUD_TOOLS name. */
export function localHome({ LOCAL_CLOUD_HOME, LOCAL_CLOUD_TOOLS }: NodeJS.ProcessEnv = process.env): Home {
  const folder = resolve(LOCAL_CLOUD_HOME ?? join(project, ".local"));
  return {
    folder,
    tools: resolve(LOCAL_CLOUD_TOOLS ?? join(project, ".local", "tools")),
    lock: join(folder, "lock"),
    emulator: join(folder, "emulator"),
    emulatorState: join(folder, "emulator", "state"),
    emulatorObjects: join(folder, "emulator", "s3"),
    seal: join(folder, "emulator", "saved.json"),
    emulatorLog: join(folder, "emulator.log"),
    deployLog: join(folder, "deploy.log"),
    pluginCache: join(folder, "plugin-cache"),
    terraformConfig: join(folder, "terraform.rc"),
    stacks: join(folder, "cdktf.out"),
    outputs: join(folder, "cdktf.out.outputs.json"),
    applied: (environment) => join(folder, `applied-${environment}.json`),
  };
}
