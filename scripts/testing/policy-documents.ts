import * as z from "zod";
import { documentsIn } from "../../deploy/policies/permissions";
import type { ResolvedEnvironment, Resource } from "../../deploy/policies/resolved-environment";
import { resourceArn } from "../../packages/iam-policy/src/resource-arns";
import {
  policyDocument,
  type PolicyDocument,
  type PolicyStatement,
} from "../../packages/iam-policy/src/statement";
import { logPolicy, statePolicy } from "../../packages/terraform-backend/src/storage/bucket-policy";
import { bucketOwner } from "../bootstrap/state-storage";

/** The policy documents of an environment's stacks and state buckets, with references replaced by ARNs. */
export function policyDocuments(
  environment: ResolvedEnvironment,
  { demandTls } = { demandTls: true },
): PolicyDocument[] {
  const { name } = environment.synthesized;
  const inStacks = environment.resources.flatMap(({ address, type, attributes }) =>
    Object.entries(attributes).flatMap(([attribute, value]) =>
      documentsIn(value).map((text) =>
        policyDocument(`${name} ${address} ${attribute}`, type, withArns(environment, text)),
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
        ([of, policy]) =>
          policyDocument(`${name} bucket ${of}`, "aws_s3_bucket_policy", JSON.stringify(policy)),
      );
    }),
  );
}

/** The statements of all policies of a role, in any order. */
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
    (text) =>
      policyDocument(roleName, "aws_iam_role", withArns(environment, z.string().parse(text))).statements,
  );
}

/** The ARN that a resource has once it is created. */
export function arnOf({ synthesized }: ResolvedEnvironment, { type, attributes }: Resource): string {
  const { allowed_account_ids } = synthesized.config.core;
  // A resource of another region names the provider, which has the region's name: `aws.us-east-1`.
  const region =
    typeof attributes.provider === "string"
      ? attributes.provider.replace("aws.", "")
      : synthesized.config.core.region;
  const [account = ""] = allowed_account_ids;
  return resourceArn(type, attributes, region, account);
}

/** Replaces each reference to an ARN, `${aws_sqs_queue.infra-tasks.arn}`, by the ARN. */
export const withArns = (environment: ResolvedEnvironment, json: string): string =>
  json.replace(/\$\{(aws_\w+)\.[\w-]+\.arn\}/g, (reference, type: string) => {
    const resource = environment.referred(reference, type);
    if (resource === undefined) throw new Error(`No stack has ${reference}`);
    return arnOf(environment, resource);
  });
