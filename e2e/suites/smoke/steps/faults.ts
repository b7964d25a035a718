import { faultKinds } from "../../faults/kinds";
import { badVersion } from "../../faults/kinds/bad-version";
import { workerEndedByHandler } from "../../faults/kinds/ended-by-handler";
import { queuePurged, sqsOutage } from "../../faults/kinds/sweep";
import { tableOf } from "../../faults/report";
import { runConcurrently, runControls } from "../../faults/run-small";
import { withFaultProxy } from "../../faults/with-fault-proxy";
import type { E2eEnvironment } from "../../../support/e2e-environment";

/** Kinds whose negative control takes seconds; npm run faults runs all controls. */
const quickControls = ["F9", "F10", "F14", "F15", "F27"];

/** Kinds that can run at the same time. */
const concurrentKinds = faultKinds.filter(({ exclusive }) => exclusive !== true);

/** A small campaign of faults on the deployed service. */
export function faultSteps(e2e: () => E2eEnvironment): void {
  test("no task is lost and none has two effects under concurrent faults", async () => {
    await withFaultProxy(e2e(), (campaign) => runConcurrently(campaign, concurrentKinds));
  });

  test("a version that throws does not become live, and no task is lost", async () => {
    await withFaultProxy(e2e(), async (campaign) => {
      const outcome = await badVersion.run(campaign, badVersion.sizes.small);
      console.log(tableOf([{ kind: badVersion, outcome }]));
      expect(outcome).toEqual({ injected: badVersion.sizes.small, lost: 0, duplicated: 0, violations: [] });
    });
  });

  test("a task whose handler ends the worker process fails, and the other tasks of its batch succeed", async () => {
    await withFaultProxy(e2e(), async (campaign) => {
      const outcome = await workerEndedByHandler.run(campaign, workerEndedByHandler.sizes.small);
      console.log(tableOf([{ kind: workerEndedByHandler, outcome }]));
      expect(outcome).toEqual({
        injected: workerEndedByHandler.sizes.small,
        lost: 0,
        duplicated: 0,
        violations: [],
      });
    });
  });

  test("the sweep publishes tasks that SQS has rejected or lost", async () => {
    await withFaultProxy(e2e(), async (campaign) => {
      for (const kind of [sqsOutage, queuePurged]) {
        const outcome = await kind.run(campaign, kind.sizes.small);
        console.log(tableOf([{ kind, outcome }]));
        expect(outcome).toEqual({ injected: kind.sizes.small, lost: 0, duplicated: 0, violations: [] });
      }
    });
  });

  test("without its protection, each kind of fault loses or duplicates tasks", async () => {
    const kinds = faultKinds.filter(({ id }) => quickControls.includes(id));
    // F27 needs an example.
    expect(kinds.length).toBeGreaterThanOrEqual(quickControls.length - 1);
    await withFaultProxy(e2e(), (campaign) => runControls(campaign, kinds));
  });
}
