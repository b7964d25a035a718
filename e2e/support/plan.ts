import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { layers, type Layer } from "../../deploy/shared/layers";
import { run } from "../../packages/local-cloud/src/command";
import type { LocalPaths } from "../../packages/local-cloud/src/local-paths";
import type { LocalCloud } from "../../scripts/local/local-cloud";
import { expectSuccess } from "./command";

const plan = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        type: z.string(),
        change: z.object({
          actions: z.array(z.string()),
          before: z.nullish(z.record(z.string(), z.unknown())),
          after: z.nullish(z.record(z.string(), z.unknown())),
        }),
      }),
    )
    .default([]),
});

/**
 * Resource types for which the emulator returns other values than were written, each with the difference. A second
 * plan may change these and nothing else. The stacks have none of them yet.
 */
const differsOnEmulator: ReadonlyMap<string, string> = new Map();

type Change = z.output<typeof plan>["resource_changes"][number]["change"];

/** The names of the attributes that a change would change. */
const changedNames = ({ before, after }: Change): string =>
  Object.keys({ ...before, ...after })
    .filter((name) => !isDeepStrictEqual(before?.[name], after?.[name]))
    .join(", ");

/**
 * Plans stacks again, without a lock, as the workflow for pull requests does.
 * @returns the planned changes; none when the resources are as they were applied
 */
export async function plannedStackChanges(
  cloud: LocalCloud,
  home: LocalPaths,
  stacks: readonly string[],
): Promise<string[]> {
  const changes: string[] = [];
  for (const stack of stacks) {
    const folder = join(home.stacks, "stacks", stack);
    const terraform = (...parameters: string[]) =>
      run(cloud.terraform.path, [`-chdir=${folder}`, ...parameters], cloud.env);
    expectSuccess(await terraform("plan", "-input=false", "-lock=false", "-out=second-plan"));
    const shown = await terraform("show", "-json", "second-plan");
    expectSuccess(shown);
    for (const { address, type, change } of plan.parse(JSON.parse(shown.stdout)).resource_changes) {
      const isChange = change.actions.some((action) => action !== "no-op" && action !== "read");
      if (isChange && !differsOnEmulator.has(type))
        changes.push(`${stack}: ${change.actions.join(" and ")} ${address} (${changedNames(change)})`);
    }
  }
  return changes;
}

/** Plans the layers of an environment again. */
export const plannedChanges = (cloud: LocalCloud, home: LocalPaths, of: readonly Layer[] = layers) =>
  plannedStackChanges(
    cloud,
    home,
    of.map((layer) => `${layer}-${cloud.config.name}`),
  );
