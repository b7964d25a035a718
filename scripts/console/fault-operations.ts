import type { TasksClient } from "../../client";
import type { ConsoleService } from "../../packages/console/src/endpoints";
import { ConsoleError } from "../../packages/console/src/errors";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { FaultRun } from "./fault-run";

/** @param parents the processes whose children the functions are; undefined where no fault may be injected */
export function faultOperations(
  account: EnvironmentAccount,
  api: TasksClient,
  parents: (() => readonly number[]) | undefined,
) {
  const run = new FaultRun({ account, api, parents: parents ?? (() => []) });
  const assertLocal = () => {
    if (parents !== undefined) return;
    throw new ConsoleError(409, {
      ...{ code: "no-emulator", message: "Faults are injected into the local cloud only." },
      ...{ expected: "the emulator that npm start runs", next: "run npm start, and open its console" },
    });
  };
  const operations = {
    faults: () => Promise.resolve(run.result()),
    "faults/start": async ({ faults, tasks }) => {
      assertLocal();
      return run.start(faults, tasks);
    },
    "faults/stop": () => run.stop(),
  } satisfies Partial<ConsoleService>;
  /** An emulator that has ended has no functions to configure. */
  const close = async () => {
    if (run.result().isRunning) await run.stop().catch(() => undefined);
  };
  return { operations, close };
}
