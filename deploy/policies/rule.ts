import type { ResolvedEnvironment } from "./resolved-environment";

/** A violation of a rule by a resource. */
export interface Violation {
  /** Its layer and Terraform address: `infra aws_sqs_queue.task-queue_tasks_27B7D530`. */
  readonly resource: string;
  readonly expected: string;
  readonly found: string;
}

/** A condition on the synthesized stacks of an environment. */
export interface Rule {
  readonly name: string;
  /** What would go wrong without it. */
  readonly reason: string;
  readonly violations: (environment: ResolvedEnvironment) => Violation[];
}

/** One resource's violation of a rule, or none. */
export const unless = (
  holds: boolean,
  { address }: { readonly address: string },
  expected: string,
  found: unknown,
): Violation[] =>
  holds
    ? []
    : [{ resource: address, expected, found: found === undefined ? "nothing" : JSON.stringify(found) }];
