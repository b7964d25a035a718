import * as z from "zod";
import { layers } from "../../deploy/shared/environments";

const change = z.object({ actions: z.array(z.string()) });
const resourceChange = z.object({ address: z.string(), change });

/** What `terraform show -json` says of a plan, as far as people are told of it: no values, which may be secret. */
export const shownPlan = z.object({
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  output_changes: z.record(z.string(), change).default({}),
});

export const layerSummary = z.object({
  layer: z.enum(layers),
  /** `placeholder`: planned on made-up outputs of a layer below; `provisional`: on outputs that are about to change. */
  stands: z.enum(["firm", "provisional", "placeholder"]),
  /** The layer below that is not there, or about to change. */
  because: z.enum(layers).optional(),
  resources: z.array(z.object({ address: z.string(), actions: z.array(z.string()) })),
  outputs: z.array(z.string()),
});
export type LayerSummary = z.output<typeof layerSummary>;

const isChange = (actions: readonly string[]) =>
  actions.some((action) => !["no-op", "read"].includes(action));

/** The changes of a plan. */
export function summarize(json: unknown): Pick<LayerSummary, "resources" | "outputs"> {
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

/** What somebody else has changed, by address. */
export const drifted = (json: unknown): string[] =>
  shownPlan
    .parse(json)
    .resource_drift.flatMap(({ address, change }) => (isChange(change.actions) ? [address] : []));

/** Replacing is both, and is counted as neither. */
export function counts({ resources }: Pick<LayerSummary, "resources">) {
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

export const hasChanges = ({ resources, outputs }: Pick<LayerSummary, "resources" | "outputs">) =>
  resources.length + outputs.length > 0;
