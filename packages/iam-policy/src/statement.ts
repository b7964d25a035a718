import * as z from "zod";

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statement = z.strictObject({
  Sid: z.string(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.union([z.literal("*"), z.record(z.string(), texts)]).optional(),
  Action: texts,
  /** Absent in a trust policy. */
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), texts)).default({}),
});
/** A statement with lists for all that may be a list. */
export type PolicyStatement = z.output<typeof statement>;
const document = z.object({ Version: z.literal("2012-10-17"), Statement: z.array(statement).min(1) });

export interface PolicyDocument {
  /** For messages: `prod core aws_iam_policy.boundary policy` */
  readonly where: string;
  /** The Terraform type of what holds it. */
  readonly type: string;
  readonly text: string;
  readonly statements: readonly PolicyStatement[];
}

/** @throws {Error} for what is no policy, or has an element that is not known here, such as NotAction */
export const policyDocument = (where: string, type: string, text: string): PolicyDocument => ({
  where,
  type,
  text,
  statements: document.parse(JSON.parse(text)).Statement,
});
