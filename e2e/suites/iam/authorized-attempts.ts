import { emulatorAction } from "../../../deploy/emulator/emulator-actions";
import type { LocalTarget } from "../../../packages/local-cloud/src/child-environment";
import type { ProbeRole } from "../../support/probe-role";
import { clientsOf, type Attempt } from "./attempts";

/** Names of the attempts that a role with these statements is authorized for. */
export async function authorizedAttempts(
  probe: ProbeRole,
  target: LocalTarget,
  statements: readonly object[],
  attempts: readonly Attempt[],
): Promise<string[]> {
  await probe.setStatements(statements);
  const clients = clientsOf(target, probe.credentials);
  const outcomes = attempts.map(async ({ name, send }) => ((await isDenied(send(clients))) ? [] : [name]));
  return (await Promise.all(outcomes)).flat();
}

/** A statement that allows all attempts: a call that fails despite it fails for another reason. */
export const allowAll = (attempts: readonly Attempt[]): object => ({
  Effect: "Allow",
  Action: attempts.map(({ action }) => emulatorAction(action)),
  Resource: "*",
});

const isDenied = (call: Promise<unknown>): Promise<boolean> =>
  call.then(
    () => false,
    (error: unknown) => error instanceof Error && error.message.includes("not authorized to perform"),
  );
