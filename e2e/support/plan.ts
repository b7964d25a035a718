import { join } from "node:path";
import * as z from "zod";
import { layers } from "../../deploy/shared/layers";
import { run } from "../../packages/local-cloud/src/command";
import type { Home } from "../../packages/local-cloud/src/home";
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
 * Resource types that the emulator does not give back as they were written, each with what differs. A second plan
 * may change these and nothing else. None of them is in the stacks yet.
 */
const differsOnEmulator: ReadonlyMap<string, string> = new Map();

/**
 * What a second plan of every layer would change: nothing, when the stacks are as they were applied.
 * As the workflows of pull requests do, it takes no lock.
 */
export async function plannedChanges(cloud: LocalCloud, home: Home): Promise<string[]> {
  const changes: string[] = [];
  for (const layer of layers) {
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
