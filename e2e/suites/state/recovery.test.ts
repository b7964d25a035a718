import { openBeforeTests } from "../../support/open-before-tests";
import { testCloud } from "../../support/test-cloud";
import { bootstrapSteps } from "./bootstrap-steps";
import { HeldStack } from "./held-stack";
import { recoverySteps } from "./recovery-steps";

jest.setTimeout(300_000);
const local = openBeforeTests(() => testCloud("dev"));
beforeAll(async () => {
  await HeldStack.synthesize(local());
});

describe("the state bucket", () => {
  bootstrapSteps(local);
});
describe("recovery", () => {
  recoverySteps(local);
});
