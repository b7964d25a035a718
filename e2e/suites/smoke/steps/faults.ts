import { faultKinds } from "../../faults/kinds";
import { endedByHandler } from "../../faults/kinds/ended-by-handler";
import { purged, sentAfterOutage } from "../../faults/kinds/sweeping";
import { tableOf } from "../../faults/report";
import { isDamaged, underAttack, unprotected } from "../../faults/run-campaign";
import type { E2eEnvironment } from "../../../support/e2e-environment";

/** Kinds whose negative control takes seconds; npm run faults runs those of all. */
const quickControls = ["F9", "F10", "F14", "F15"];

/** A small campaign: everything goes wrong at once, except what needs the service for itself. */
const together = faultKinds.filter(({ alone }) => alone !== true);

export function faultSteps(e2e: () => E2eEnvironment): void {
  test("no task is lost and none has two effects, whatever fails", async () => {
    await underAttack(e2e(), async (campaign) => {
      const findings = await Promise.all(
        together.map(async (kind) => ({ kind, outcome: await kind.run(campaign, kind.sizes.small) })),
      );
      console.log(tableOf(findings));
      expect(findings.filter(({ outcome }) => isDamaged(outcome)).map(({ kind }) => kind.id)).toEqual([]);
      for (const { kind, outcome } of findings) {
        expect({ kind: kind.id, injected: outcome.injected >= kind.sizes.small }).toEqual({
          kind: kind.id,
          injected: true,
        });
      }
      expect(await campaign.queueIsEmpty(60)).toBe(true);
    });
  });

  test("a task whose handler ends the worker fails alone", async () => {
    await underAttack(e2e(), async (campaign) => {
      const outcome = await endedByHandler.run(campaign, endedByHandler.sizes.small);
      console.log(tableOf([{ kind: endedByHandler, outcome }]));
      expect(outcome).toEqual({ injected: endedByHandler.sizes.small, lost: 0, duplicated: 0, broken: [] });
    });
  });

  test("what SQS does not take, and what it loses, is sent by the sweep", async () => {
    await underAttack(e2e(), async (campaign) => {
      for (const kind of [sentAfterOutage, purged]) {
        const outcome = await kind.run(campaign, kind.sizes.small);
        console.log(tableOf([{ kind, outcome }]));
        expect(outcome).toEqual({ injected: kind.sizes.small, lost: 0, duplicated: 0, broken: [] });
      }
    });
  });

  test("with a protection taken out, the same campaign finds damage", async () => {
    await underAttack(e2e(), async (campaign) => {
      for (const kind of faultKinds.filter(({ id }) => quickControls.includes(id))) {
        const outcome = await unprotected(campaign, kind);
        expect({ kind: kind.id, isDamaged: isDamaged(outcome) }).toEqual({ kind: kind.id, isDamaged: true });
      }
    });
  });
}
