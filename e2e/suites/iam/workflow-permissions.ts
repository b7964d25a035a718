import { checkedActions } from "../../../deploy/emulator/emulator-actions";
import { matches } from "../../../packages/iam-policy/src/glob";
import type { ObservedCall } from "./observed-calls";
import { replay } from "./replay";
import type { ProbeRole } from "../../support/probe-role";
import type { IdentityStatement } from "../../../packages/iam-policy/src/statement";
import { isNotEnforced } from "./not-enforced-by-emulator";

/** A permission of a role: an action of a statement. */
export interface Granted {
  readonly sid: string;
  readonly action: string;
  readonly resources: readonly string[];
}

const isVariant = (sid: string, of: string) => sid === of || sid.replace(/Emulated\d+$/, "") === of;

/** The permissions of a role, without the variants of statements that only the emulator needs. */
export const granted = (statements: readonly IdentityStatement[]): Granted[] =>
  statements
    .filter(({ Effect, Sid }) => Effect === "Allow" && !/Emulated\d+$/.test(Sid))
    .flatMap(({ Sid, Action, Resource }) =>
      Action.map((action) => ({ sid: Sid, action, resources: Resource })),
    );

/** The calls that required a permission on one of its resources. */
function callsFor(
  { sid, action }: Granted,
  statements: readonly IdentityStatement[],
  observed: readonly ObservedCall[],
): ObservedCall[] {
  const actions = [action, ...checkedActions(action)];
  const patterns = statements
    .filter(({ Effect, Sid }) => Effect === "Allow" && isVariant(Sid, sid))
    .filter(({ Action }) => Action.some((name) => actions.includes(name)))
    .flatMap(({ Resource }) => Resource);
  return observed.filter(
    (call) => actions.includes(call.action) && patterns.some((pattern) => matches(pattern, call.resource)),
  );
}

/**
 * Compares the permissions of a role with the observed calls.
 * @returns permissions that no call required and that the emulator enforces, and those that a call required although
 * not-enforced-by-emulator.ts lists them
 */
export function unneeded(
  statements: readonly IdentityStatement[],
  observed: readonly ObservedCall[],
): string[] {
  return granted(statements).flatMap((permission) => {
    const { sid, action } = permission;
    const isRequired = callsFor(permission, statements, observed).length > 0;
    if (isRequired !== isNotEnforced(sid, action)) return [];
    return [
      `${sid}: ${action} is ${isRequired ? "required, although listed as not enforced" : "not required"}`,
    ];
  });
}

/**
 * Removes each required action from the role in turn, and sends a call again that requires it.
 * @returns the number of removed actions, and those without which the call was not denied
 */
export async function survivingRemoval(
  probe: ProbeRole,
  endpoint: string,
  statements: readonly IdentityStatement[],
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
    const { status, responseBody } = await replay(endpoint, example.call, probe.credentials);
    const isNamed = responseBody.includes("not authorized to perform") && responseBody.includes(action);
    // A response to HEAD has no body.
    if (!isNamed && !(status === 403 && example.call.method === "HEAD"))
      survived.push(`${action}: ${status} ${responseBody.slice(0, 200)}`);
  }
  return { removed, survived };
}

/** IAM cannot deny it: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const alwaysAllowed = new Set(["sts:GetCallerIdentity"]);
