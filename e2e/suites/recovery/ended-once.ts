import { paginateScan } from "@aws-sdk/client-dynamodb";
import type { AccountClients } from "../../support/account";
import { eventually } from "../../support/eventually";
import { devPrefix } from "../../support/names";

/** The items of all tasks, as a region has them. */
async function itemsIn({ dynamodb: client }: AccountClients) {
  const items = new Map<string, { readonly state: string; readonly effects: number }>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName: `${devPrefix}-tasks` }))
    for (const { id, state, effects } of Items)
      if (id?.S !== undefined && state?.S !== undefined)
        items.set(id.S, { state: state.S, effects: Number(effects?.N ?? 0) });
  return items;
}

/** Waits until each accepted task has ended, with one effect, in all regions' copies. */
export async function endedOnce(
  regions: readonly [AccountClients, ...AccountClients[]],
  accepted: readonly string[],
): Promise<void> {
  await eventually("all accepted tasks have ended", 240, async () => {
    const items = await itemsIn(regions[0]);
    return accepted.every((id) => items.get(id)?.state === "succeeded") ? true : undefined;
  });
  for (const region of regions) {
    const items = await itemsIn(region);
    expect(accepted.filter((id) => items.get(id)?.state !== "succeeded")).toEqual([]);
    expect(accepted.filter((id) => items.get(id)?.effects !== 1)).toEqual([]);
  }
}
