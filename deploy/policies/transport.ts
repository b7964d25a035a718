import { statementsOf } from "../testing/synthesize";
import { at, texts } from "./attributes";
import type { ResolvedEnvironment, Resource } from "./resolved-environment";
import { unless, type Rule } from "./rule";

interface Store {
  readonly type: string;
  readonly actions: string;
  /** What holds its policy: it itself, or a resource of its own. */
  readonly policyIn: string;
  readonly holders: (environment: ResolvedEnvironment, store: Resource) => readonly Resource[];
}

/** Data that has a resource policy. */
const stores: readonly Store[] = [
  {
    type: "aws_sqs_queue",
    actions: "sqs:*",
    policyIn: "a policy",
    holders: (_, queue) => [queue],
  },
  {
    type: "aws_s3_bucket",
    actions: "s3:*",
    policyIn: "an aws_s3_bucket_policy",
    holders: (environment, bucket) =>
      environment
        .all("aws_s3_bucket_policy")
        .filter(({ attributes }) => environment.referred(attributes.bucket, bucket.type) === bucket),
  },
];

/** Whether a policy denies everything to everybody who comes without TLS. */
const deniesWithoutTls = (policy: unknown, actions: string) =>
  typeof policy === "string" &&
  statementsOf(policy).some(
    ({ Effect, Principal, Action, Condition }) =>
      Effect === "Deny" &&
      (Principal === "*" || at(Principal, "AWS") === "*") &&
      texts(Action).includes(actions) &&
      String(at(Condition, "Bool", "aws:SecureTransport")) === "false",
  );

export const transportRules: readonly Rule[] = [
  {
    name: "queues and buckets refuse to talk without TLS",
    reason: "messages and state could be read and changed on the way",
    violations: (environment) =>
      stores.flatMap(({ type, actions, policyIn, holders }) =>
        environment.all(type).flatMap((store) => {
          const policies = holders(environment, store).map(({ attributes }) => attributes.policy);
          const refuses = policies.some((policy) => deniesWithoutTls(policy, actions));
          const expected = `${policyIn} that denies ${actions} to * where aws:SecureTransport is false`;
          return unless(refuses, store, expected, policies);
        }),
      ),
  },
];
