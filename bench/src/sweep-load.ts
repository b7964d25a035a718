import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { build } from "../../scripts/build/build";
import { measureInFreshProcess } from "./fresh-process";
import { lambdaEnvironment } from "./lambda-environment";
import { OutboxStub, type OutboxStubOptions } from "./outbox-stub";
import { prepareFunction } from "./prepare";

const sweep = z.object({ cpu: z.number(), wall: z.number() });
const event = { kind: "sweep", time: new Date().toISOString() };

export interface SweepLoad {
  /** Milliseconds of CPU and wall time of each sweep. */
  readonly sweeps: readonly z.output<typeof sweep>[];
  readonly left: number;
  readonly sentOnce: number;
  readonly sentAgain: number;
  readonly maxConcurrentCalls: number;
}

/** Runs sweeps of the built producer until the outbox is empty, each in a process of its own. */
export async function sweepLoad(
  options: OutboxStubOptions & { readonly maxSweeps: number; readonly invocationMilliseconds: number },
): Promise<SweepLoad> {
  const folder = mkdtempSync(join(tmpdir(), "sweep-load-"));
  const outbox = new OutboxStub(options);
  const stub = await outbox.start();
  try {
    await build();
    const { taskRoot, opt } = await prepareFunction(
      { name: "producer", packaging: { by: "build", service: "producer" } },
      folder,
    );
    const env = await lambdaEnvironment("producer", stub.endpoint);
    const sweeps: z.output<typeof sweep>[] = [];
    while (outbox.left > 0 && sweeps.length < options.maxSweeps) {
      const found = await measureInFreshProcess({
        runner: "sweep",
        taskRoot,
        opt,
        input: { event, milliseconds: options.invocationMilliseconds },
        env,
      });
      sweeps.push(sweep.parse(found));
    }
    const counts = [...outbox.sent.values()];
    return {
      sweeps,
      left: outbox.left,
      sentOnce: counts.filter((count) => count === 1).length,
      sentAgain: counts.filter((count) => count > 1).length,
      maxConcurrentCalls: outbox.maxConcurrentCalls,
    };
  } finally {
    stub.stop();
    rmSync(folder, { recursive: true });
  }
}
