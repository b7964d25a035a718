import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import * as z from "zod";
import type { LocalTarget } from "../../../packages/local-cloud/src/child-environment";
import type { LocalPaths } from "../../../packages/local-cloud/src/local-paths";
import { findEmulator } from "../../../packages/local-cloud/src/ministack";
import type { RecordedCall } from "../../support/recorder";

/** A call, and a permission that it required: an action on a resource, by the names of the emulator. */
export interface ObservedCall {
  readonly action: string;
  readonly resource: string;
  readonly call: RecordedCall;
}

const permissionsOfCalls = z.array(z.array(z.tuple([z.string(), z.string()])));

/** Finds the permissions that the emulator required for each call, by the emulator's own code. */
export async function observe(
  calls: readonly RecordedCall[],
  { accountId, region }: LocalTarget,
  home: LocalPaths,
): Promise<ObservedCall[]> {
  const emulator = await findEmulator(home, () => undefined);
  const python = join(dirname(emulator.path), "python");
  const child = spawn(python, [join(__dirname, "authorized_calls.py"), accountId, region]);
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  child.stdin.end(JSON.stringify(calls));
  await once(child, "close");
  const [stdout, stderr] = await output;
  if (child.exitCode !== 0) throw new Error(`authorized_calls.py failed:\n${stderr}`);
  return permissionsOfCalls
    .parse(JSON.parse(stdout))
    .flatMap((permissions, at) =>
      permissions.flatMap(([action, resource]) => (calls[at] ? [{ action, resource, call: calls[at] }] : [])),
    );
}
