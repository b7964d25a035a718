import type { ResolvedEnvironment } from "./resolved-environment";

/** What a resource does not keep to. */
export interface Violation {
  /** Its layer and Terraform address: `infra aws_sqs_queue.task-queue_tasks_27B7D530`. */
  readonly resource: string;
  readonly expected: string;
  readonly found: string;
}

/** Something that has to be true of all three layers of an environment together, as Terraform would get them. */
export interface Rule {
  readonly name: string;
  /** What goes wrong without it. */
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
