import { delimiter, dirname, join } from "node:path";
import { lambdaNode } from "../../lambda-runtime/src/lambda-node";
import { inherited } from "./child-environment";
import type { LocalPaths } from "./local-paths";
import type { EmulatorProgram } from "./ministack";

/** Settings of an emulator process. */
export interface EmulatorSetup {
  readonly paths: LocalPaths;
  readonly program: EmulatorProgram;
  readonly port: number;
  /** TMPDIR of the emulator and its functions. */
  readonly temp: string;
  /** The account of unsigned requests, such as those of a browser. */
  readonly accountId: string;
  readonly region: string;
}

/** The emulator's settings. */
const settings = ({ paths, port, accountId, region }: EmulatorSetup) => ({
  GATEWAY_PORT: String(port),
  AUTH: "true",
  MINISTACK_ACCOUNT_ID: accountId,
  MINISTACK_REGION: region,
  PERSIST_STATE: "1",
  STATE_DIR: paths.emulatorState,
  // Without these two, a restart would lose Terraform's states and keep their locks.
  S3_PERSIST: "1",
  S3_DATA_DIR: paths.emulatorObjects,
  // These two servers listen on all interfaces, whatever BIND_HOST is.
  IOT_MTLS_ENABLED: "0",
  SFTP_ENABLED: "0",
});

/** A minimal environment, since functions inherit it from the emulator. */
export function emulatorEnvironment(options: EmulatorSetup): NodeJS.ProcessEnv {
  if (options.program.kind === "docker") return inherited();
  const { HOME, LANG, PATH } = inherited();
  return {
    HOME,
    LANG,
    // Functions run on Lambda's version of Node.
    PATH: [dirname(lambdaNode), PATH].join(delimiter),
    PYTHONPATH: join(__dirname, "emulator-startup"),
    // The emulator writes functions' code there, and does not remove it.
    TMPDIR: options.temp,
    BIND_HOST: "127.0.0.1",
    // sitecustomize.py stops the emulator when its parent was killed.
    LOCAL_CLOUD_PARENT: String(process.pid),
    ...settings(options),
  };
}

/** The command line of the emulator. */
export function emulatorCommand(options: EmulatorSetup): [string, ...string[]] {
  const { program, paths, port } = options;
  if (program.kind === "process") return [program.path];
  const variables = Object.entries(settings(options)).flatMap(([name, value]) => [
    "--env",
    `${name}=${value}`,
  ]);
  return [
    program.path,
    ...[
      "run",
      "--rm",
      "--publish",
      `127.0.0.1:${port}:${port}`,
      "--volume",
      `${paths.emulator}:${paths.emulator}`,
    ],
    ...variables,
    program.image,
  ];
}
