import { bootstrapSteps } from "../state/bootstrap-steps";
import { HeldStack } from "../state/held-stack";
import { lockSteps } from "../state/lock-steps";
import { mismatchSteps } from "../state/mismatch-steps";
import { recoverySteps } from "../state/recovery-steps";
import { repairSteps } from "../state/repair-steps";
import { openBeforeTests } from "../../support/open-before-tests";
import { testCloud } from "../../support/test-cloud";

jest.setTimeout(300_000);
const local = openBeforeTests(() => testCloud("dev"));
beforeAll(async () => {
  await HeldStack.synthesize(local());
});

describe("the state bucket", () => {
  bootstrapSteps(local);
});
/** `npm run cli -- test state` goes ten rounds. */
describe("locks", () => {
  lockSteps(local, 1);
});
/** `npm run cli -- test state` also interrupts and kills the whole of a deployment. */
describe("killed deployments", () => {
  repairSteps(local);
});
describe("recovery", () => {
  recoverySteps(local);
});
/** The last, since it begins the cloud anew. */
describe("mismatch", () => {
  mismatchSteps(local);
});
