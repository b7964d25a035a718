import { identityStatements, type IdentityStatement } from "../../../packages/iam-policy/src/statement";
import type { Layer } from "../../../deploy/shared/layers";
import type { SynthesizedStack } from "../../../deploy/testing/synthesize";

/** A role's name, and the statements of all its policies. */
export interface RolePermissions {
  readonly role: string;
  readonly grants: readonly IdentityStatement[];
}

type Stacks = Readonly<Record<Layer, SynthesizedStack>>;

/** `${aws_iam_role.api_role_1A2B.name}` → `api_role_1A2B` */
const referred = (type: string, reference: unknown): string | undefined =>
  new RegExp(`^\\$\\{${type}\\.([^.]+)\\.`).exec(String(reference))?.[1];

/** The roles in an environment's synthesized stacks. */
export function rolePermissions(stacks: Stacks): RolePermissions[] {
  return Object.values(stacks).flatMap((stack) =>
    Object.entries(stack.json.resource.aws_iam_role ?? {}).map(([id, { name }]) => ({
      role: String(name),
      grants: policiesOf(stacks, stack, id).flatMap(identityStatements),
    })),
  );
}

function policiesOf(stacks: Stacks, stack: SynthesizedStack, role: string): string[] {
  const ofRole = (resource: Readonly<Record<string, unknown>>) =>
    referred("aws_iam_role", resource.role) === role;
  const inline = stack.all("aws_iam_role_policy").filter(ofRole);
  const attached = stack.all("aws_iam_role_policy_attachment").filter(ofRole);
  return [
    ...inline.map(({ policy }) => String(policy)),
    ...attached.map(({ policy_arn }) => managedPolicy(stacks, stack, policy_arn)),
  ];
}

/** A policy of the same stack, or one whose ARN is an output of the core layer. */
function managedPolicy({ core }: Stacks, stack: SynthesizedStack, arn: unknown): string {
  const output = /outputs\.(\w+)\}$/.exec(String(arn))?.[1];
  const [owner, reference] = output === undefined ? [stack, arn] : [core, core.json.output[output]?.value];
  const id = referred("aws_iam_policy", reference);
  const policy = id === undefined ? undefined : owner.json.resource.aws_iam_policy?.[id]?.policy;
  if (typeof policy !== "string") throw new Error(`No stack has the policy ${String(arn)}`);
  return policy;
}
