import type { E2eEnvironment } from "../../support/e2e-environment";
import type { FaultKind } from "./fault-kind";
import { violatesGuarantees } from "./fault-outcome";
import { tableOf, type Finding } from "./report";
import { runUnprotected, withFaultProxy } from "./with-fault-proxy";

/** Tests each kind of fault at full size, with its negative control. @param fewest injected faults of all kinds together */
export function describeCampaign(
  e2e: () => E2eEnvironment,
  kinds: readonly FaultKind[],
  fewest: number,
): void {
  const findings: Finding[] = [];

  // `--testNamePattern F23` runs one kind.
  test.each(kinds.map((kind) => [kind.id, kind.description, kind] as const))(
    "%s: %s; no task is lost and none has two effects, and the negative control fails",
    async (_id, _description, kind) => {
      const finding = await withFaultProxy(e2e(), async (campaign) => {
        const outcome = await kind.run(campaign, kind.sizes.full);
        const control = await runUnprotected(campaign, kind);
        expect(await campaign.queueIsEmpty(120)).toBe(true);
        return { kind, outcome, control };
      });
      findings.push(finding);
      console.log(tableOf([finding]));
      expect({
        violates: violatesGuarantees(finding.outcome),
        controlViolates: violatesGuarantees(finding.control),
      }).toEqual({ violates: false, controlViolates: true });
    },
  );

  test(`at least ${fewest} faults were injected`, () => {
    console.log(tableOf(findings));
    expect(findings.reduce((sum, { outcome }) => sum + outcome.injected, 0)).toBeGreaterThanOrEqual(fewest);
  });
}
