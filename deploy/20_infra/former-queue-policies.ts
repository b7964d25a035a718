import type { TerraformStack } from "cdktf";

/** The resources that held the queues' policies until November 2026; they can go once no state has them. */
const formerPolicies = [
  "event-dead-letter-queue_policy_7E6DF1C0",
  "task-queue_dead-letter_policy_D53FE636",
  "task-queue_tasks_policy_A5B3B375",
];

/**
 * Has Terraform forget them where an environment's state still has them. To destroy one, as Terraform does with what
 * is no longer in the stack, would take the policy from its queue.
 */
export function forgetFormerQueuePolicies(stack: TerraformStack): void {
  // cdktf has no construct for it.
  stack.addOverride(
    "removed",
    formerPolicies.map((id) => ({ from: `aws_sqs_queue_policy.${id}`, lifecycle: { destroy: false } })),
  );
}
