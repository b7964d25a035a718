import { cdktf, expectSuccess } from "../support/command";
import { Walk } from "../support/walk";
import type { Finding } from "./report";
import { tableOf } from "./report";
import { faultKinds } from "./kinds";
import { isDamaged, underAttack, unprotected } from "./run-campaign";

const fewestFaults = 3_000;

let walk: Walk;
jest.setTimeout(3_600_000);
beforeAll(async () => {
  walk = await Walk.open("dev");
  expectSuccess(await cdktf(walk.local.cloud.env, "deploy", "*-dev", "--auto-approve"));
  await walk.enter();
});
afterAll(() => walk.dispose());

test("no task is lost and none has two effects, whatever fails; and each protection is what keeps it so", async () => {
  const findings = await underAttack(walk, async (campaign) => {
    const found: Finding[] = [];
    for (const kind of faultKinds) {
      const damage = await kind.run(campaign, kind.sizes.full);
      const control = await unprotected(campaign, kind);
      found.push({ kind, damage, control });
      console.log(tableOf(found.slice(-1)));
    }
    expect(await campaign.queueIsEmpty(120)).toBe(true);
    return found;
  });
  console.log(tableOf(findings));
  expect(findings.filter(({ damage }) => isDamaged(damage)).map(({ kind }) => kind.id)).toEqual([]);
  expect(findings.filter(({ control }) => control && !isDamaged(control)).map(({ kind }) => kind.id)).toEqual(
    [],
  );
  const injected = findings.reduce((sum, { damage }) => sum + damage.injected, 0);
  expect(injected).toBeGreaterThanOrEqual(fewestFaults);
});
