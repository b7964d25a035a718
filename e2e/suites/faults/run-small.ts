import type { Campaign } from "./campaign";
import type { FaultKind } from "./fault-kind";
import { violatesGuarantees } from "./fault-outcome";
import { tableOf } from "./report";
import { runUnprotected } from "./with-fault-proxy";

/** Runs kinds at their small size at the same time. */
export async function runConcurrently(campaign: Campaign, kinds: readonly FaultKind[]): Promise<void> {
  const findings = await Promise.all(
    kinds.map(async (kind) => ({ kind, outcome: await kind.run(campaign, kind.sizes.small) })),
  );
  console.log(tableOf(findings));
  expect(findings).not.toEqual([]);
  expect(findings.filter(({ outcome }) => violatesGuarantees(outcome)).map(({ kind }) => kind.id)).toEqual(
    [],
  );
  for (const { kind, outcome } of findings) {
    expect({ kind: kind.id, injected: outcome.injected >= kind.sizes.small }).toEqual({
      kind: kind.id,
      injected: true,
    });
  }
  expect(await campaign.queueIsEmpty(60)).toBe(true);
}

/** Runs the negative controls of kinds, each of which must violate a guarantee. */
export async function runControls(campaign: Campaign, kinds: readonly FaultKind[]): Promise<void> {
  for (const kind of kinds) {
    const control = await runUnprotected(campaign, kind);
    console.log(`${kind.id} without its protection`, control);
    expect({ kind: kind.id, violatesGuarantees: violatesGuarantees(control) }).toEqual({
      kind: kind.id,
      violatesGuarantees: true,
    });
  }
}
