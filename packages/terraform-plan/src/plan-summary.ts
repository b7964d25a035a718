import { isDeepStrictEqual } from "node:util";
import * as z from "zod";

const attributes = z.record(z.string(), z.unknown()).nullish();
const change = z.object({ actions: z.array(z.string()), before: attributes, after: attributes });
const resourceChange = z.object({ address: z.string(), change });

/** The parts of `terraform show -json` that are read. */
const shownPlan = z.object({
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  output_changes: z.record(z.string(), z.object({ actions: z.array(z.string()) })).default({}),
  /** The configured arguments of each resource; only these can drift. */
  configuration: z
    .object({
      root_module: z.object({
        resources: z
          .array(
            z.object({ address: z.string(), expressions: z.record(z.string(), z.unknown()).default({}) }),
          )
          .default([]),
      }),
    })
    .optional(),
});

export const planSummary = z.object({
  resources: z.array(z.object({ address: z.string(), actions: z.array(z.string()) })),
  outputs: z.array(z.string()),
});
/** The changes of a plan, without values. */
export type PlanSummary = z.output<typeof planSummary>;

const isChange = (actions: readonly string[]) =>
  actions.some((action) => !["no-op", "read"].includes(action));

/** @param json of `terraform show -json` */
export function summarize(json: unknown): PlanSummary {
  const { resource_changes, output_changes } = shownPlan.parse(json);
  return {
    resources: resource_changes
      .filter(({ change }) => isChange(change.actions))
      .map(({ address, change }) => ({ address, actions: change.actions })),
    outputs: Object.entries(output_changes)
      .filter(([, { actions }]) => isChange(actions))
      .map(([name]) => name),
  };
}

const withLifecycle = z.object({
  lifecycle: z.object({ ignore_changes: z.array(z.string()).default([]) }).optional(),
});
const stackJson = z.object({
  resource: z.record(z.string(), z.record(z.string(), withLifecycle)).default({}),
});

/** The attributes of each resource, by its address, whose changes Terraform ignores. */
const ignoredChanges = (stack: unknown): Map<string, readonly string[]> =>
  new Map(
    Object.entries(stackJson.parse(stack).resource).flatMap(([type, resources]) =>
      Object.entries(resources).map(
        ([name, { lifecycle }]) => [`${type}.${name}`, lifecycle?.ignore_changes ?? []] as const,
      ),
    ),
  );

const tagAttributes: readonly string[] = ["tags", "tags_all"];

/** No tags are null, or an empty object. */
const withoutTags = (tags: unknown, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(tags ?? {}).filter(([key]) => !keys.includes(key)));

/**
 * Addresses of resources that were deleted, or whose configured arguments differ. Other attributes are set by AWS, and
 * may change without a cause; those of `ignore_changes`, by commands.
 * @param json of `terraform show -json`, which has no `ignore_changes`
 * @param stack the synthesized stack
 * @param tagsOfCommands keys of tags that commands set
 */
export function drifted(json: unknown, stack: unknown, tagsOfCommands: readonly string[] = []): string[] {
  const { resource_drift, configuration } = shownPlan.parse(json);
  const ignored = ignoredChanges(stack);
  const configured = new Map(
    configuration?.root_module.resources.map(({ address, expressions }) => [
      address,
      Object.keys(expressions),
    ]),
  );
  return resource_drift
    .filter(({ address, change: { actions, before, after } }) => {
      if (!isChange(actions)) return false;
      if (actions.includes("delete")) return true;
      const compared = (values: z.output<typeof attributes>, name: string) =>
        tagAttributes.includes(name) ? withoutTags(values?.[name], tagsOfCommands) : values?.[name];
      const differs = (name: string) => !isDeepStrictEqual(compared(before, name), compared(after, name));
      return [...(configured.get(address) ?? []), "tags_all"]
        .filter((name) => ignored.get(address)?.includes(name) !== true)
        .some(differs);
    })
    .map(({ address }) => address);
}

/** A replacement is counted as `replace` only, not as create and destroy. */
export function counts({ resources }: Pick<PlanSummary, "resources">) {
  const count = (wanted: (actions: readonly string[]) => boolean) =>
    resources.filter(({ actions }) => wanted(actions)).length;
  const has = (action: string) => (actions: readonly string[]) =>
    actions.length === 1 && actions[0] === action;
  return {
    create: count(has("create")),
    change: count(has("update")),
    replace: count((actions) => actions.length > 1),
    destroy: count(has("delete")),
  };
}

export const hasChanges = ({ resources, outputs }: PlanSummary) => resources.length + outputs.length > 0;
