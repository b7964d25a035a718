import { E2eEnvironment } from "../../support/e2e-environment";
import { tableOf, type Finding } from "./report";
import { faultKinds } from "./kinds";
import { violatesGuarantees } from "./fault-outcome";
import { runUnprotected, withFaultProxy } from "./with-fault-proxy";

const fewestFaults = 3_000;

let e2e: E2eEnvironment;
jest.setTimeout(3_600_000);
beforeAll(async () => {
  e2e = await E2eEnvironment.open("dev");
  await e2e.deploy();
});
afterAll(() => e2e.dispose());

test("no task is lost and none has two effects under any kind of fault, and every negative control fails", async () => {
  const findings = await withFaultProxy(e2e, async (campaign) => {
    const found: Finding[] = [];
    for (const kind of faultKinds) {
      const outcome = await kind.run(campaign, kind.sizes.full);
      const control = await runUnprotected(campaign, kind);
      found.push({ kind, outcome, control });
      console.log(tableOf(found.slice(-1)));
    }
    expect(await campaign.queueIsEmpty(120)).toBe(true);
    return found;
  });
  console.log(tableOf(findings));
  expect(findings.filter(({ outcome }) => violatesGuarantees(outcome)).map(({ kind }) => kind.id)).toEqual(
    [],
  );
  expect(
    findings.filter(({ control }) => control && !violatesGuarantees(control)).map(({ kind }) => kind.id),
  ).toEqual([]);
  const injected = findings.reduce((sum, { outcome }) => sum + outcome.injected, 0);
  expect(injected).toBeGreaterThanOrEqual(fewestFaults);
});
