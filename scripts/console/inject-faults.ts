import type { FaultName, FaultsResult } from "../../packages/console/src/model";
import { userError } from "../core/errors";
import { openTarget } from "../core/target";
import { taskApi } from "../operations/task-api";
import { FaultRun } from "./fault-run";
import { emulatorOf } from "./serve-console";

/**
 * Creates tasks while faults are injected, and prints what has become of them.
 * @throws {CommandError} when one is lost or has two effects
 */
export async function injectFaults(
  environment: string,
  faults: readonly FaultName[],
  tasks: number,
): Promise<FaultsResult> {
  const { account } = await openTarget({
    ...{ environment, aws: false, yes: true, does: `inject ${faults.join(", ")}` },
  });
  const parents = emulatorOf(account) ?? (() => []);
  const run = new FaultRun({ account, api: await taskApi(account, undefined), parents });
  try {
    await run.start(faults, tasks);
    const { accepted, done, lost, duplicated, injected } = await run.settled();
    console.log(
      `accepted ${accepted}, done ${done}, lost ${lost}, duplicated ${duplicated}; injected ${injected} faults`,
    );
    if (lost + duplicated > 0)
      throw userError("Tasks were lost or have two effects.", "0 of both", "see the functions' logs");
  } finally {
    await run.stop();
  }
  return run.result();
}
