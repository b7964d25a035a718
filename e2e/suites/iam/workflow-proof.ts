import { emulatorAction } from "../../../deploy/emulator/emulator-actions";
import { matches } from "../../../scripts/checks/policy/glob";
import type { ObservedCall } from "./observed";
import { replay } from "./replay";
import type { ProbeRole } from "../../support/probe-role";
import type { RoleStatement } from "./role-policies";
import { isUnseen } from "./not-enforced-by-emulator";

/** A permission that a role has: one action of one statement. */
export interface Granted {
  readonly sid: string;
  readonly action: string;
  readonly resources: readonly string[];
}

const isVariant = (sid: string, of: string) => sid === of || sid.replace(/Emulated\d+$/, "") === of;

/** What a role is allowed, in AWS's words; the emulator's own words for it are left out. */
export const granted = (statements: readonly RoleStatement[]): Granted[] =>
  statements
    .filter(({ Effect, Sid }) => Effect === "Allow" && !/Emulated\d+$/.test(Sid))
    .flatMap(({ Sid, Action, Resource }) =>
      Action.map((action) => ({ sid: Sid, action, resources: Resource })),
    );

/** The calls that asked for a permission, on what it is given for. */
export function callsFor(
  { sid, action }: Granted,
  statements: readonly RoleStatement[],
  observed: readonly ObservedCall[],
): ObservedCall[] {
  const asked = [action, emulatorAction(action)];
  const patterns = statements
    .filter(({ Effect, Sid }) => Effect === "Allow" && isVariant(Sid, sid))
    .filter(({ Action }) => Action.some((name) => asked.includes(name)))
    .flatMap(({ Resource }) => Resource);
  return observed.filter(
    (call) => asked.includes(call.action) && patterns.some((pattern) => matches(pattern, call.resource)),
  );
}

/** Permissions that nothing asked for, and that are not known to be asked for on AWS only; and the other way round. */
export function unneeded(statements: readonly RoleStatement[], observed: readonly ObservedCall[]): string[] {
  return granted(statements).flatMap((permission) => {
    const isAsked = callsFor(permission, statements, observed).length > 0;
    const isKnown = isUnseen(permission.sid, permission.action);
    if (isAsked !== isKnown) return [];
    const { sid, action } = permission;
    return [isAsked ? `${sid}: ${action} is asked for after all` : `${sid}: ${action} is never asked for`];
  });
}

/**
 * Takes each action that was asked for from the role, and makes a call again that needs it.
 * @returns the actions without which the call was not refused, in words
 */
export async function survivingRemoval(
  probe: ProbeRole,
  endpoint: string,
  statements: readonly RoleStatement[],
  observed: readonly ObservedCall[],
): Promise<{ removed: number; survived: string[] }> {
  const allowed = statements.filter(({ Effect }) => Effect === "Allow");
  const actions = [...new Set(observed.map(({ action }) => action))].sort();
  const survived: string[] = [];
  let removed = 0;
  for (const action of actions) {
    if (alwaysAllowed.has(action)) continue;
    const [example] = observed.filter((call) => call.action === action);
    if (example === undefined) continue;
    await probe.setStatements(
      allowed.flatMap((statement) => {
        const Action = statement.Action.filter((name) => name !== action);
        return Action.length > 0 ? [{ ...statement, Action }] : [];
      }),
    );
    removed += 1;
    const { status, answer } = await replay(endpoint, example.call, probe.credentials);
    const isNamed = answer.includes("not authorized to perform") && answer.includes(action);
    // HEAD is answered without words.
    if (!isNamed && !(status === 403 && example.call.method === "HEAD"))
      survived.push(`${action}: ${status} ${answer.slice(0, 200)}`);
  }
  return { removed, survived };
}

/** Whoever has credentials may ask whose they are. */
const alwaysAllowed = new Set(["sts:GetCallerIdentity"]);
