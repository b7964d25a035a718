import { join, resolve } from "node:path";
import { root } from "../build/paths";

/** Where the local cloud keeps everything; git ignores it. */
export interface Home {
  readonly folder: string;
  /** What was installed; tests share it, since it never changes. */
  readonly tools: string;
  readonly emulatorState: string;
  readonly emulatorObjects: string;
  readonly emulatorLog: string;
  readonly pidFile: string;
  readonly deployLog: string;
  readonly pluginCache: string;
  readonly terraformConfig: string;
  /** Synthesized stacks and Terraform's working folders. */
  readonly stacks: string;
  /** What was applied last to an environment. */
  readonly applied: (environment: string) => string;
}

/** `.local`, or the folders that LOCAL_CLOUD_HOME and LOCAL_CLOUD_TOOLS name. */
export function localHome({ LOCAL_CLOUD_HOME, LOCAL_CLOUD_TOOLS }: NodeJS.ProcessEnv = process.env): Home {
  const folder = resolve(LOCAL_CLOUD_HOME ?? join(root, ".local"));
  return {
    folder,
    tools: resolve(LOCAL_CLOUD_TOOLS ?? join(root, ".local", "tools")),
    emulatorState: join(folder, "emulator", "state"),
    emulatorObjects: join(folder, "emulator", "s3"),
    emulatorLog: join(folder, "emulator.log"),
    pidFile: join(folder, "emulator.pid"),
    deployLog: join(folder, "deploy.log"),
    pluginCache: join(folder, "plugin-cache"),
    terraformConfig: join(folder, "terraform.rc"),
    stacks: join(folder, "cdktf.out"),
    applied: (environment) => join(folder, `applied-${environment}.json`),
  };
}
