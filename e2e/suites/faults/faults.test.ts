import { E2eEnvironment } from "../../support/e2e-environment";
import { openBeforeTests } from "../../support/open-before-tests";
import { tableOf, type Finding } from "./report";
import { faultKinds } from "./kinds";
import { violatesGuarantees } from "./fault-outcome";
import { runUnprotected, withFaultProxy } from "./with-fault-proxy";

const fewestFaults = 3_000;

jest.setTimeout(3_600_000);
const e2e = openBeforeTests(() => E2eEnvironment.open("dev"));
beforeAll(() => e2e().deploy());

const findings: Finding[] = [];

// `--testNamePattern F23` runs one kind.
test.each(faultKinds.map((kind) => [kind.id, kind.description, kind] as const))(
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

test("at least 3,000 faults were injected", () => {
  console.log(tableOf(findings));
  expect(findings.reduce((sum, { outcome }) => sum + outcome.injected, 0)).toBeGreaterThanOrEqual(
    fewestFaults,
  );
});
