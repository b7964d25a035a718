import { delimiter, dirname, join } from "node:path";
import { lambdaNode } from "../../lambda-runtime/src/lambda-node";
import { inherited } from "./child-environment";
import type { Home } from "./home";
import type { EmulatorProgram } from "./ministack";

/** How an emulator is run. */
export interface EmulatorSetup {
  readonly home: Home;
  readonly program: EmulatorProgram;
  readonly port: number;
  /** TMPDIR of the emulator and its functions. */
  readonly temp: string;
  /** Calls without a signature, such as those of a browser, go to this account. */
  readonly accountId: string;
  readonly region: string;
}

/** The emulator's settings. */
const settings = ({ home, port, accountId, region }: EmulatorSetup) => ({
  GATEWAY_PORT: String(port),
  AUTH: "true",
  MINISTACK_ACCOUNT_ID: accountId,
  MINISTACK_REGION: region,
  PERSIST_STATE: "1",
  STATE_DIR: home.emulatorState,
  // Without these two, Terraform's state would be gone after a restart while its locks were remembered.
  S3_PERSIST: "1",
  S3_DATA_DIR: home.emulatorObjects,
  // These two servers listen on all interfaces, whatever BIND_HOST says.
  IOT_MTLS_ENABLED: "0",
  SFTP_ENABLED: "0",
});

/** A clean one: whatever the emulator has in its environment, it hands on to the functions it runs. */
export function emulatorEnvironment(options: EmulatorSetup): NodeJS.ProcessEnv {
  if (options.program.kind === "docker") return inherited();
  const { HOME, LANG, PATH } = inherited();
  return {
    HOME,
    LANG,
    // Functions run on the Node that Lambda has, whatever the host's is.
    PATH: [dirname(lambdaNode), PATH].join(delimiter),
    PYTHONPATH: join(__dirname, "emulator-startup"),
    // Each function process has its code here; the emulator leaves it there when it ends.
    TMPDIR: options.temp,
    BIND_HOST: "127.0.0.1",
    // An emulator whose parent was killed saves its state and ends.
    LOCAL_CLOUD_PARENT: String(process.pid),
    ...settings(options),
  };
}

/** How to start the emulator. */
export function emulatorCommand(options: EmulatorSetup): [string, ...string[]] {
  const { program, home, port } = options;
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
      `${home.emulator}:${home.emulator}`,
    ],
    ...variables,
    program.image,
  ];
}
