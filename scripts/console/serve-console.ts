import { once } from "node:events";
import { join } from "node:path";
import { PrintedLines } from "../../packages/command-line/src/printed-lines";
import { isLoopback } from "../../packages/local-cloud/src/child-environment";
import { stopOnInterrupt } from "../../packages/local-cloud/src/interrupt";
import { lockHolder } from "../../packages/local-cloud/src/local-cloud-lock";
import { localPaths } from "../../packages/local-cloud/src/local-paths";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { openConsole } from "./open-console";

/** The folder of audit logs and of the built page. */
export const consoleFolder = (paths = localPaths()) => join(paths.folder, "console");

/** The emulator's process; undefined for another endpoint than that of the local cloud. */
export function emulatorOf({ endpoint, isAws }: EnvironmentAccount): (() => readonly number[]) | undefined {
  const holder = lockHolder(localPaths());
  const pid = holder?.emulator?.pid;
  return isAws || pid === undefined || holder?.endpoint !== endpoint ? undefined : () => [pid];
}

/** Serves the console until Ctrl-C. A remote endpoint may be a proxy of AWS: it counts as AWS. */
export function serveConsole(
  account: EnvironmentAccount,
  {
    write,
    port = 0,
    token,
  }: { readonly write: boolean; readonly port?: number | undefined; readonly token?: string | undefined },
): PrintedLines<{ readonly link: string; readonly readOnly: boolean }> {
  const aws = account.isAws || !isLoopback(account.endpoint);
  const readOnly = aws && !write;
  const signal = stopOnInterrupt();
  async function* lines() {
    const options = { aws, readOnly, port, token, folder: consoleFolder(), parents: emulatorOf(account) };
    const server = await openConsole(() => account, account, options);
    try {
      yield { link: server.link, readOnly };
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      await server.close();
    }
  }
  return new PrintedLines(lines(), {
    json: (line) => line,
    readable: ({ link }) => `Console${readOnly ? ", read-only" : ""}: ${link}\nCtrl-C stops it.`,
  });
}
