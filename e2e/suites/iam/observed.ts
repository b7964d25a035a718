import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import * as z from "zod";
import type { LocalTarget } from "../../../packages/local-cloud/src/child-environment";
import type { Home } from "../../../packages/local-cloud/src/home";
import { findEmulator } from "../../../packages/local-cloud/src/ministack";
import type { RecordedCall } from "../../support/recorder";

/** What a call was allowed by: an action on a resource, as the emulator asks for it. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
}

/** A call, and what it asked for. */
export interface ObservedCall extends Permission {
  readonly call: RecordedCall;
}

const answers = z.array(z.array(z.tuple([z.string(), z.string()])));

/** Asks the emulator's own code what permissions it demanded for each call. */
export async function observe(
  calls: readonly RecordedCall[],
  { accountId, region }: LocalTarget,
  home: Home,
): Promise<ObservedCall[]> {
  const emulator = await findEmulator(home, () => undefined);
  const python = join(dirname(emulator.path), "python");
  const child = spawn(python, [join(__dirname, "authorized_calls.py"), accountId, region]);
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  child.stdin.end(JSON.stringify(calls));
  await once(child, "close");
  const [stdout, stderr] = await said;
  if (child.exitCode !== 0) throw new Error(`authorized_calls.py failed:\n${stderr}`);
  return answers
    .parse(JSON.parse(stdout))
    .flatMap((asked, at) =>
      asked.flatMap(([action, resource]) => (calls[at] ? [{ action, resource, call: calls[at] }] : [])),
    );
}
