import { HeldStack } from "../state/held-stack";
import { mismatchSteps } from "../state/mismatch-steps";
import { repairSteps } from "../state/repair-steps";
import { openBeforeTests } from "../../support/open-before-tests";
import { testCloud } from "../../support/test-cloud";

/** `npm run cli -- test state` also fights over locks, interrupts and kills `cdktf deploy`, and restores states. */
jest.setTimeout(300_000);
const local = openBeforeTests(() => testCloud("dev"));
beforeAll(async () => {
  await HeldStack.synthesize(local());
});

describe("killed deployments", () => {
  repairSteps(local);
});
/** The last one, since it restarts the emulator with an empty state. */
describe("a state that does not match its digest", () => {
  mismatchSteps(local);
});
