import { statementsOf } from "../testing/synthesize";
import { at, strings } from "./attributes";
import type { ResolvedEnvironment, Resource } from "./resolved-environment";
import { unless, type Rule } from "./rule";

interface Store {
  readonly type: string;
  readonly actions: string;
  /** Where its policy is: in the resource itself, or in a resource of its own. */
  readonly policyLocation: string;
  readonly holders: (environment: ResolvedEnvironment, store: Resource) => readonly Resource[];
}

/** Data stores that have a resource policy. */
const stores: readonly Store[] = [
  {
    type: "aws_sqs_queue",
    actions: "sqs:*",
    policyLocation: "a policy",
    holders: (_, queue) => [queue],
  },
  {
    type: "aws_sns_topic",
    actions: "sns:Publish",
    policyLocation: "a policy",
    holders: (_, topic) => [topic],
  },
  {
    type: "aws_s3_bucket",
    actions: "s3:*",
    policyLocation: "an aws_s3_bucket_policy",
    holders: (environment, bucket) =>
      environment
        .all("aws_s3_bucket_policy")
        .filter(({ attributes }) => environment.referred(attributes.bucket, bucket.type) === bucket),
  },
];

/** Whether a policy denies all requests without TLS. */
const deniesInsecureTransport = (policy: unknown, actions: string) =>
  typeof policy === "string" &&
  statementsOf(policy).some(
    ({ Effect, Principal, Action, Condition }) =>
      Effect === "Deny" &&
      (Principal === "*" || at(Principal, "AWS") === "*") &&
      strings(Action).includes(actions) &&
      String(at(Condition, "Bool", "aws:SecureTransport")) === "false",
  );

export const dataProtectionRules: readonly Rule[] = [
  {
    name: "queues, topics and buckets require TLS",
    reason: "messages and state could be read and changed on the network",
    violations: (environment) =>
      stores.flatMap(({ type, actions, policyLocation, holders }) =>
        environment.all(type).flatMap((store) => {
          const policies = holders(environment, store).map(({ attributes }) => attributes.policy);
          const requiresTls = policies.some((policy) => deniesInsecureTransport(policy, actions));
          const expected = `${policyLocation} that denies ${actions} to * where aws:SecureTransport is false`;
          return unless(requiresTls, store, expected, policies);
        }),
      ),
  },
  {
    name: "Terraform does not set values of secrets",
    reason: "the values would be in Terraform's state and plans",
    violations: (environment) =>
      environment
        .all("aws_secretsmanager_secret_version", "aws_ssm_parameter", "random_password", "tls_private_key")
        .flatMap((resource) =>
          unless(false, resource, "a value set by npm run cli -- secret", resource.type),
        ),
  },
];
