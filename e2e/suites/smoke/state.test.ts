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
/** `npm run cli -- test state` runs ten rounds. */
describe("locks", () => {
  lockSteps(local, 1);
});
/** `npm run cli -- test state` also interrupts and kills `cdktf deploy`. */
describe("killed deployments", () => {
  repairSteps(local);
});
describe("recovery", () => {
  recoverySteps(local);
});
/** The last one, since it restarts the emulator with an empty state. */
describe("a state that does not match its digest", () => {
  mismatchSteps(local);
});
