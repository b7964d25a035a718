import { openBeforeTests } from "../../support/open-before-tests";
import { testCloud } from "../../support/test-cloud";
import { HeldStack } from "./held-stack";
import { interruptSteps } from "./interrupt-steps";
import { lockSteps } from "./lock-steps";
import { orphanSteps } from "./orphan-steps";

const rounds = 10;
jest.setTimeout(300_000);
const local = openBeforeTests(() => testCloud("dev"));
beforeAll(async () => {
  await HeldStack.synthesize(local());
});

lockSteps(local, rounds);
orphanSteps(local);
interruptSteps(local);
