import { testCloud, type TestCloud } from "../../support/test-cloud";
import { HeldStack } from "./held-stack";
import { interruptSteps } from "./interrupt-steps";
import { lockSteps } from "./lock-steps";
import { orphanSteps } from "./orphan-steps";

const rounds = 10;
let opened: TestCloud | undefined;
const local = (): TestCloud => {
  if (opened === undefined) throw new Error("The test's cloud is not open");
  return opened;
};

jest.setTimeout(300_000);
beforeAll(async () => {
  opened = await testCloud("dev");
  await HeldStack.synthesize(opened);
});
afterAll(() => opened?.dispose());

lockSteps(local, rounds);
orphanSteps(local);
interruptSteps(local);
