import { faultKinds } from "../faults/kinds";
import { endedByHandler } from "../faults/kinds/ended-by-handler";
import { purged, sentAfterOutage } from "../faults/kinds/sweeping";
import { tableOf } from "../faults/report";
import { isDamaged, underAttack, unprotected } from "../faults/run-campaign";
import type { Walk } from "../support/walk";

/** Kinds whose negative control takes seconds; npm run faults runs those of all. */
const quickControls = ["F9", "F10", "F14", "F15"];

/** A small campaign: everything goes wrong at once, except what needs the service for itself. */
const together = faultKinds.filter(({ alone }) => alone !== true);

export function faultSteps(walk: () => Walk): void {
  test("no task is lost and none has two effects, whatever fails", async () => {
    await underAttack(walk(), async (campaign) => {
      const findings = await Promise.all(
        together.map(async (kind) => ({ kind, damage: await kind.run(campaign, kind.sizes.small) })),
      );
      console.log(tableOf(findings));
      expect(findings.filter(({ damage }) => isDamaged(damage)).map(({ kind }) => kind.id)).toEqual([]);
      for (const { kind, damage } of findings) {
        expect({ kind: kind.id, injected: damage.injected >= kind.sizes.small }).toEqual({
          kind: kind.id,
          injected: true,
        });
      }
      expect(await campaign.queueIsEmpty(60)).toBe(true);
    });
  });

  test("a task whose handler ends the worker fails alone", async () => {
    await underAttack(walk(), async (campaign) => {
      const damage = await endedByHandler.run(campaign, endedByHandler.sizes.small);
      console.log(tableOf([{ kind: endedByHandler, damage }]));
      expect(damage).toEqual({ injected: endedByHandler.sizes.small, lost: 0, duplicated: 0, broken: [] });
    });
  });

  test("what SQS does not take, and what it loses, is sent by the sweep", async () => {
    await underAttack(walk(), async (campaign) => {
      for (const kind of [sentAfterOutage, purged]) {
        const damage = await kind.run(campaign, kind.sizes.small);
        console.log(tableOf([{ kind, damage }]));
        expect(damage).toEqual({ injected: kind.sizes.small, lost: 0, duplicated: 0, broken: [] });
      }
    });
  });

  test("with a protection taken out, the same campaign finds damage", async () => {
    await underAttack(walk(), async (campaign) => {
      for (const kind of faultKinds.filter(({ id }) => quickControls.includes(id))) {
        const damage = await unprotected(campaign, kind);
        expect({ kind: kind.id, isDamaged: isDamaged(damage) }).toEqual({ kind: kind.id, isDamaged: true });
      }
    });
  });
}
