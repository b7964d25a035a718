import { devNull } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { project } from "./project";
import { notLoopback } from "./errors";
import { temporaryFolderFor } from "./temporary-folder";

/** The emulator's endpoint, and the account and region to use. */
export interface LocalTarget {
  /** `http://127.0.0.1:4566` */
  readonly endpoint: string;
  /** The emulator treats a 12-digit access key id as the root user of that account. */
  readonly accountId: string;
  readonly region: string;
}

/** Path of Terraform, and the variables by which it finds its providers. */
export interface TerraformTool {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Variables that child processes inherit. An allowlist, so that nothing that names a real account is inherited: profiles,
 * tokens, service endpoints, and variables of future SDKs.
 */
const inheritable = [
  ...["PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "CI"],
  ...[
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "http_proxy",
    "https_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "NODE_EXTRA_CA_CERTS",
  ],
  ...["GITHUB_SHA"],
] as const;

/** @throws {LocalCloudError} when TMPDIR cannot be used */
export const inherited = (from: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    inheritable.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])),
  ),
  ...temporaryFolderFor(from),
});

/** Dummy credentials, which only the emulator accepts. */
export const localCredentials = ({ accountId }: LocalTarget) => ({
  accessKeyId: accountId,
  secretAccessKey: "local",
});

/** Hides the user's profiles and the instance's role from AWS SDKs and Terraform. */
export const noAwsConfiguration = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: "true",
} as const;

/**
 * Variables by which AWS SDKs and Terraform reach the emulator, with dummy credentials.
 * @throws {LocalCloudError} when the endpoint is not on this machine
 */
export function localVariables(target: LocalTarget) {
  assertLoopback(target.endpoint);
  const { accessKeyId, secretAccessKey } = localCredentials(target);
  return {
    AWS_ENDPOINT_URL: target.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: target.region,
    ...noAwsConfiguration,
    NO_PROXY: "127.0.0.1,localhost,::1",
    no_proxy: "127.0.0.1,localhost,::1",
    // The local cloud has no traffic that a release could watch.
    RELEASE_WATCH_SECONDS: "0",
    // Disables the version checks of Terraform and cdktf.
    CHECKPOINT_DISABLE: "1",
    DISABLE_VERSION_CHECK: "1",
  };
}

/**
 * The environment of the local cloud's child processes: they reach the emulator and cannot reach a real account, whatever
 * credentials, profiles and endpoints the user has.
 * @throws {LocalCloudError} when the endpoint is not on this machine
 */
export const childEnvironment = (
  target: LocalTarget,
  terraform: TerraformTool,
  from: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv => ({
  ...inherited(from),
  PATH: [dirname(terraform.path), join(project, "node_modules", ".bin"), from.PATH].join(delimiter),
  ...terraform.environment,
  ...localVariables(target),
  // Terraform and the AWS provider decode the provider's schema in each command. With fewer garbage collections a command
  // takes a fifth less CPU, and Terraform 110 MB more memory (344 instead of 231 MB).
  GOGC: from.GOGC ?? "400",
});

/** Whether an endpoint is a loopback address. */
export function isLoopback(endpoint: string): boolean {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : "";
  return /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(host);
}

/** @throws {LocalCloudError} */
export function assertLoopback(endpoint: string): void {
  if (!isLoopback(endpoint)) throw notLoopback(endpoint);
}
