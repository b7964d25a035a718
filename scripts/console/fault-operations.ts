import type { TasksClient } from "../../client";
import { storesTasks } from "../../deploy/config/task-store";
import type { ConsoleService } from "../../packages/console/src/endpoints";
import { ConsoleError } from "../../packages/console/src/errors";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { FaultRun, tasksNotStored } from "./fault-run";
import { offeredFaults, storeOf } from "./faulty-store";

/** @param parents the processes whose children the functions are; undefined where no fault may be injected */
export function faultOperations(
  account: EnvironmentAccount,
  api: TasksClient,
  parents: (() => readonly number[]) | undefined,
) {
  const run = new FaultRun({ account, api, parents: parents ?? (() => []) });
  const problem = problemOf(account, parents);
  const operations = {
    faults: () => Promise.resolve(run.result()),
    "faults/start": async ({ faults, tasks }) => {
      if (problem !== undefined) throw new ConsoleError(409, problem);
      return run.start(faults, tasks);
    },
    "faults/stop": () => run.stop(),
  } satisfies Partial<ConsoleService>;
  /** An emulator that has ended has no functions to configure. */
  const close = async () => {
    if (run.result().isRunning) await run.stop().catch(() => undefined);
  };
  const offered = problem === undefined ? offeredFaults(storeOf(account.config)) : [];
  return { operations, close, session: { offered, unavailable: problem?.message } };
}

/** Why no fault may be injected. */
function problemOf({ config }: EnvironmentAccount, parents: object | undefined) {
  if (parents === undefined)
    return {
      ...{ code: "no-emulator", message: "Faults are injected into the local cloud only." },
      ...{ expected: "the emulator that npm start runs", next: "run npm start, and open its console" },
    };
  return storesTasks(config.infra) ? undefined : { code: "tasks-not-stored", ...tasksNotStored };
}
