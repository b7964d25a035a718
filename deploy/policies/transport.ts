import { statementsOf } from "../testing/synthesize";
import { at, texts } from "./attributes";
import type { ResolvedEnvironment, Resource } from "./resolved-environment";
import { unless, type Rule } from "./rule";

/** Data that has a resource policy: its type, that of its policy, and what the policy calls it. */
const stores = [
  { type: "aws_sqs_queue", policyType: "aws_sqs_queue_policy", by: "queue_url", actions: "sqs:*" },
  { type: "aws_s3_bucket", policyType: "aws_s3_bucket_policy", by: "bucket", actions: "s3:*" },
] as const;

/** Whether a policy denies everything to everybody who comes without TLS. */
const deniesWithoutTls = ({ attributes }: Resource, actions: string) =>
  statementsOf(attributes.policy).some(
    ({ Effect, Principal, Action, Condition }) =>
      Effect === "Deny" &&
      (Principal === "*" || at(Principal, "AWS") === "*") &&
      texts(Action).includes(actions) &&
      String(at(Condition, "Bool", "aws:SecureTransport")) === "false",
  );

const policiesOf = (environment: ResolvedEnvironment, store: Resource, policyType: string, by: string) =>
  environment
    .all(policyType)
    .filter((policy) => environment.referred(policy.attributes[by], store.type) === store);

export const transportRules: readonly Rule[] = [
  {
    name: "queues and buckets refuse to talk without TLS",
    reason: "messages and state could be read and changed on the way",
    violations: (environment) =>
      stores.flatMap(({ type, policyType, by, actions }) =>
        environment.all(type).flatMap((store) => {
          const policies = policiesOf(environment, store, policyType, by);
          const refuses = policies.some((policy) => deniesWithoutTls(policy, actions));
          const expected = `an ${policyType} that denies ${actions} to * where aws:SecureTransport is false`;
          return unless(
            refuses,
            store,
            expected,
            policies.map(({ attributes }) => attributes.policy),
          );
        }),
      ),
  },
];
