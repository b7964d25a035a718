import { join } from "node:path";
import * as z from "zod";
import { layers, type Layer } from "../../deploy/shared/layers";
import { run } from "../../packages/local-cloud/src/command";
import type { LocalPaths } from "../../packages/local-cloud/src/local-paths";
import type { LocalCloud } from "../../scripts/local/local-cloud";
import { expectSuccess } from "./command";

const plan = z.object({
  resource_changes: z
    .array(
      z.object({ address: z.string(), type: z.string(), change: z.object({ actions: z.array(z.string()) }) }),
    )
    .default([]),
});

/**
 * Resource types for which the emulator returns other values than were written, each with the difference. A second
 * plan may change these and nothing else. The stacks have none of them yet.
 */
const differsOnEmulator: ReadonlyMap<string, string> = new Map();

/**
 * Plans layers again, without a lock, as the workflow for pull requests does.
 * @returns the planned changes; none when the resources are as they were applied
 */
export async function plannedChanges(
  cloud: LocalCloud,
  home: LocalPaths,
  of: readonly Layer[] = layers,
): Promise<string[]> {
  const changes: string[] = [];
  for (const layer of of) {
    const folder = join(home.stacks, "stacks", `${layer}-${cloud.config.name}`);
    const terraform = (...parameters: string[]) =>
      run(cloud.terraform.path, [`-chdir=${folder}`, ...parameters], cloud.env);
    expectSuccess(await terraform("plan", "-input=false", "-lock=false", "-out=second-plan"));
    const shown = await terraform("show", "-json", "second-plan");
    expectSuccess(shown);
    for (const { address, type, change } of plan.parse(JSON.parse(shown.stdout)).resource_changes) {
      const isChange = change.actions.some((action) => action !== "no-op" && action !== "read");
      if (isChange && !differsOnEmulator.has(type))
        changes.push(`${layer}: ${change.actions.join(" and ")} ${address}`);
    }
  }
  return changes;
}
