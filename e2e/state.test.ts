import { bootstrapSteps } from "./state/bootstrap-steps";
import { testCloud, type TestCloud } from "./support/test-cloud";

let opened: TestCloud | undefined;
const local = (): TestCloud => {
  if (opened === undefined) throw new Error("The test's cloud is not open");
  return opened;
};

jest.setTimeout(300_000);
beforeAll(async () => {
  opened = await testCloud("dev");
});
afterAll(() => opened?.dispose());

bootstrapSteps(local);
