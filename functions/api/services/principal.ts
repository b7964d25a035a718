import { createHash } from "node:crypto";

/** The parts of `requestContext.authorizer` that identify a caller. */
export interface Authorizer {
  readonly iam?:
    | { readonly userArn: string; readonly cognitoIdentity?: { readonly identityId: string } | undefined }
    | undefined;
  readonly jwt?:
    | { readonly claims: { readonly iss?: string | undefined; readonly sub?: string | undefined } }
    | undefined;
}

/**
 * The scope of a caller's idempotency keys. A JSON array, so that no two callers share one by the choice of a name.
 * - IAM: the caller's ARN. A role counts without its session, which differs by host and sign-in. The users of a Cognito
 *   identity pool share a role and differ by their identity.
 * - JWT: issuer and subject, because a subject is unique within its issuer only (RFC 7519, section 4.1.2).
 * - no authorization: one scope for all callers
 */
export function principalOf({ iam, jwt }: Authorizer = {}): string {
  if (iam?.cognitoIdentity) return JSON.stringify(["cognito", iam.cognitoIdentity.identityId]);
  if (iam) return JSON.stringify(["iam", withoutSession(iam.userArn)]);
  if (jwt) return JSON.stringify(["jwt", jwt.claims.iss ?? null, jwt.claims.sub ?? null]);
  return anyone;
}

const anyone = JSON.stringify(["none"]);

/** SQS allows 128 characters; 22 of base64url are 132 bits. */
const groupLength = 22;

/**
 * The message group of a caller's tasks, which does not reveal the caller. Undefined without authorization: SQS treats each
 * message without a group as one of its own.
 */
export const messageGroupOf = (principal: string): string | undefined =>
  principal === anyone
    ? undefined
    : createHash("sha256").update(principal).digest("base64url").slice(0, groupLength);

/**
 * `arn:aws:sts::111111111111:assumed-role/Deploy/host-1` → `arn:aws:sts::111111111111:assumed-role/Deploy`. Neither a
 * role's name nor a session's has a slash, and the ARN has no role path:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
const withoutSession = (arn: string) => arn.replace(assumedRole, "$1");
const assumedRole = /^(arn:[^:]+:sts::\d+:assumed-role\/[^/]+)\/.*$/s;
