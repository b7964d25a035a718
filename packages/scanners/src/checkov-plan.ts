/** A synthesized resource, whose references are `${<type>.<id>.<attribute>}`. */
export interface ScannedResource {
  readonly type: string;
  readonly id: string;
  /** For messages: `infra aws_sqs_queue.tasks` */
  readonly address: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * Resources in the format of a Terraform plan. In a stack's JSON, Checkov would not parse policies, which are strings, and
 * would treat unknown values as variables.
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function planOf(resources: readonly ScannedResource[]) {
  const planned = [...resources, ...queuePolicies(resources)].map(({ type, id, attributes }) => {
    const values = Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== "//"));
    return { address: `${type}.${id}`, mode: "managed", type, name: id, values };
  });
  return {
    // Checkov identifies a plan by these two.
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {
      root_module: {
        resources: planned.map((resource) => ({ ...resource, values: knownAfterApply(resource.values) })),
      },
    },
    resource_changes: planned.map(({ values, ...resource }) => ({
      ...resource,
      change: { actions: ["create"], before: null, after: knownAfterApply(values), after_unknown: {} },
    })),
    configuration: {
      root_module: {
        resources: planned.map(({ values, ...resource }) => ({
          ...resource,
          expressions: Object.fromEntries(
            Object.entries(values).map(([name, value]) => [name, { references: referencesIn(value) }]),
          ),
        })),
      },
    },
  };
}

/**
 * The policies of queues as separate resources with the queue's id and address, since Checkov does not read the attribute
 * `policy` of a queue.
 */
export const queuePolicies = (resources: readonly ScannedResource[]): ScannedResource[] =>
  resources.flatMap((resource) => {
    const { type, attributes } = resource;
    if (type !== "aws_sqs_queue" || attributes.policy === undefined) return [];
    return [{ ...resource, type: "aws_sqs_queue_policy", attributes: { policy: attributes.policy } }];
  });

/** Replaces references to other resources by a plain string. */
function knownAfterApply(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/\$\{(aws_[^}]*)\}/g, "known-after-apply($1)");
  if (Array.isArray(value)) return value.map(knownAfterApply);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, knownAfterApply(item)]));
}

/** The addresses that a value refers to, `aws_sqs_queue.infra-tasks`. */
const referencesIn = (value: unknown): string[] => {
  if (typeof value === "string")
    return [...value.matchAll(/\$\{(aws_\w+\.[\w-]+)/g)].map(([, address = ""]) => address);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(referencesIn) : [];
};
