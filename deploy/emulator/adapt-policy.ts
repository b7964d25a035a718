import type { Statement } from "../shared/policy-document";
import { emulatorVariants } from "./emulator-actions";
import type { Emulator } from "./endpoint";

/** A condition or statement that is removed for the emulator. */
export interface Removal {
  /** The statement's id. */
  readonly statement: string;
  /** The condition key that is removed; undefined when the whole statement is. */
  readonly key?: string;
}

export interface AdaptedPolicy {
  readonly statements: readonly Statement[];
  readonly removed: readonly Removal[];
}

/** Condition keys that the emulator never sets: a condition on one of them is never met. */
const unsupportedKey = /^(iam|lambda|route53):|^token\.actions\.githubusercontent\.com:(?!(aud|sub)$)/;

/** Adapts the statements of a policy so that the emulator can enforce them, and reports what it removed. */
export function adaptForEmulator(
  statements: readonly Statement[],
  { tls }: Pick<Emulator, "tls">,
): AdaptedPolicy {
  const adapted = statements.map((statement) => adaptStatement(statement, tls));
  return {
    statements: adapted.flatMap((each) => each.statements),
    removed: adapted.flatMap((each) => each.removed),
  };
}

function adaptStatement(statement: Statement, tls: boolean): AdaptedPolicy {
  if (!tls && deniesInsecureTransport(statement))
    return { statements: [], removed: [{ statement: statement.Sid }] };
  const keys = conditionKeys(statement).filter((key) => unsupportedKey.test(key));
  if (keys.length === 0)
    return {
      statements: statement.Effect === "Deny" ? [statement] : [statement, ...emulatorVariants(statement)],
      removed: [],
    };
  // A Deny without its condition would deny more than on AWS.
  if (statement.Effect === "Deny") return { statements: [], removed: [{ statement: statement.Sid }] };
  const supported = withoutKeys(statement, keys);
  return {
    statements: [supported, ...emulatorVariants(supported)],
    removed: keys.map((key) => ({ statement: statement.Sid, key })),
  };
}

const deniesInsecureTransport = ({ Effect, Condition }: Statement) =>
  Effect === "Deny" && Condition?.Bool?.["aws:SecureTransport"] === "false";

const conditionKeys = ({ Condition = {} }: Statement) => Object.values(Condition).flatMap(Object.keys);

function withoutKeys({ Condition = {}, ...statement }: Statement, removed: readonly string[]): Statement {
  const kept = Object.entries(Condition).flatMap(([operator, values]) => {
    const entries = Object.entries(values).filter(([key]) => !removed.includes(key));
    return entries.length > 0 ? [[operator, Object.fromEntries(entries)] as const] : [];
  });
  return kept.length > 0 ? { ...statement, Condition: Object.fromEntries(kept) } : statement;
}
