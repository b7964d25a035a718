import { devNull } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { project } from "./project";
import { notLoopback } from "./errors";
import { temporaryFolderFor } from "./temporary-folder";

/** Where the emulator is and whom it takes us for. */
export interface LocalTarget {
  /** `http://127.0.0.1:4566` */
  readonly endpoint: string;
  /** The emulator takes a 12-digit access key id for the root of that account. */
  readonly accountId: string;
  readonly region: string;
}

/** A Terraform, and where it finds its providers. */
export interface TerraformTool {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * What children may inherit. A list of what is let through, not of what is kept out: whatever names a real account
 * (profiles, tokens, endpoints of single services, settings of tomorrow) is not on it.
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
    // The profiles of the person's home are not ours to read.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    NO_PROXY: "127.0.0.1,localhost,::1",
    no_proxy: "127.0.0.1,localhost,::1",
    // Neither Terraform nor cdktf has to look for a newer version.
    CHECKPOINT_DISABLE: "1",
    DISABLE_VERSION_CHECK: "1",
  };
}

/**
 * The environment of everything the local cloud starts: it reaches the emulator and cannot reach a real account,
 * whatever credentials, profiles and endpoints lie around.
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
});

/** Whether an endpoint is on this machine. */
export function isLoopback(endpoint: string): boolean {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : "";
  return /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(host);
}

/** @throws {LocalCloudError} */
export function assertLoopback(endpoint: string): void {
  if (!isLoopback(endpoint)) throw notLoopback(endpoint);
}
