import * as z from "zod";
import type { Layer } from "../../../deploy/shared/layers";
import type { SynthesizedStack } from "../../../deploy/testing/synthesize";

const strings = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const document = z.object({
  Statement: z.array(
    z.object({
      Sid: z.string(),
      Effect: z.enum(["Allow", "Deny"]),
      Action: strings,
      Resource: strings,
      Condition: z.record(z.string(), z.record(z.string(), strings)).optional(),
    }),
  ),
});
export type Grant = z.output<typeof document>["Statement"][number];

/** A role's name, and the statements of all its policies. */
export interface RolePermissions {
  readonly role: string;
  readonly grants: readonly Grant[];
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
      grants: policiesOf(stacks, stack, id).flatMap((text) => document.parse(JSON.parse(text)).Statement),
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
