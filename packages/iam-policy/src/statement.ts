import * as z from "zod";

const strings = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statement = z.strictObject({
  Sid: z.string(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.union([z.literal("*"), z.record(z.string(), strings)]).optional(),
  Action: strings,
  /** Absent in a trust policy. */
  Resource: strings.optional(),
  NotResource: strings.optional(),
  Condition: z.record(z.string(), z.record(z.string(), strings)).default({}),
});
/** A statement whose lists are normalized to arrays. */
export type PolicyStatement = z.output<typeof statement>;
const document = z.object({ Version: z.literal("2012-10-17"), Statement: z.array(statement).min(1) });

/** A statement of a policy of a role, which always names its resources. */
export type IdentityStatement = z.output<typeof identityStatement>;
const identityStatement = statement.extend({ Resource: strings });
const identityDocument = document.extend({ Statement: z.array(identityStatement).min(1) });

/** @throws {Error} for an invalid policy, or an unsupported element such as NotAction */
export const identityStatements = (text: string): IdentityStatement[] =>
  identityDocument.parse(JSON.parse(text)).Statement;

export interface PolicyDocument {
  /** For messages: `prod core aws_iam_policy.boundary policy` */
  readonly where: string;
  /** Terraform type of the resource that contains it. */
  readonly type: string;
  readonly text: string;
  readonly statements: readonly PolicyStatement[];
}

/** @throws {Error} for an invalid policy, or an unsupported element such as NotAction */
export const policyDocument = (where: string, type: string, text: string): PolicyDocument => ({
  where,
  type,
  text,
  statements: document.parse(JSON.parse(text)).Statement,
});
