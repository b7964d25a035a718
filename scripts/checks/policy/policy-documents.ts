import * as z from "zod";
import { documentsIn } from "../../../deploy/policies/permissions";
import type { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import { logPolicy, statePolicy } from "../../../packages/terraform-backend/src/storage/bucket-policy";
import { bucketOwner } from "../../bootstrap/state-storage";
import { withArns } from "./arns";

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
export type PolicyStatement = z.output<typeof statement>;
const document = z.object({ Version: z.literal("2012-10-17"), Statement: z.array(statement).min(1) });

export interface PolicyDocument {
  /** `prod core aws_iam_policy.boundary_45A5A84B policy` */
  readonly where: string;
  /** The Terraform type of what holds it. */
  readonly type: string;
  readonly text: string;
  readonly statements: readonly PolicyStatement[];
}

const documentOf = (where: string, type: string, text: string): PolicyDocument => ({
  where,
  type,
  text,
  statements: document.parse(JSON.parse(text)).Statement,
});

/** Every policy document of an environment, with ARNs in place of references: those of its stacks and of its state's buckets. */
export function policyDocuments(
  environment: ResolvedEnvironment,
  { demandTls } = { demandTls: true },
): PolicyDocument[] {
  const { name } = environment.synthesized;
  const inStacks = environment.resources.flatMap(({ address, type, attributes }) =>
    Object.entries(attributes).flatMap(([attribute, value]) =>
      documentsIn(value).map((text) =>
        documentOf(`${name} ${address} ${attribute}`, type, withArns(environment, text)),
      ),
    ),
  );
  return [...inStacks, ...bucketPolicies(environment, demandTls)];
}

function bucketPolicies(
  { synthesized: { name, config } }: ResolvedEnvironment,
  demandTls: boolean,
): PolicyDocument[] {
  const { allowed_account_ids } = config.core;
  return [...new Set(Object.values(config.backends).map(({ bucket }) => bucket))].flatMap((bucket) =>
    allowed_account_ids.flatMap((account) => {
      const owner = { ...bucketOwner(config, account, demandTls), bucket };
      const logs = { ...owner, bucket: `${bucket}-logs` };
      return Object.entries({ [bucket]: statePolicy(owner), [logs.bucket]: logPolicy(logs, bucket) }).map(
        ([of, policy]) => documentOf(`${name} bucket ${of}`, "aws_s3_bucket_policy", JSON.stringify(policy)),
      );
    }),
  );
}

/** Every statement of every policy that a role has, in any order. */
export function statementsOfRole(environment: ResolvedEnvironment, roleName: string): PolicyStatement[] {
  const isOfRole = (reference: unknown) =>
    environment.referred(reference, "aws_iam_role")?.attributes.name === roleName;
  const inline = environment
    .all("aws_iam_role_policy")
    .filter(({ attributes }) => isOfRole(attributes.role))
    .map(({ attributes }) => attributes.policy);
  const attached = environment
    .all("aws_iam_role_policy_attachment")
    .filter(({ attributes }) => isOfRole(attributes.role))
    .map(
      ({ attributes }) => environment.referred(attributes.policy_arn, "aws_iam_policy")?.attributes.policy,
    );
  return [...inline, ...attached].flatMap(
    (text) => documentOf(roleName, "aws_iam_role", withArns(environment, z.string().parse(text))).statements,
  );
}
