import { brokenStartSteps } from "../smoke/steps/broken-start";
import { E2eEnvironment } from "../../support/e2e-environment";

let current: E2eEnvironment | undefined;
const e2e = (): E2eEnvironment => {
  if (current === undefined) throw new Error("The environment is not open");
  return current;
};

jest.setTimeout(400_000);
beforeAll(async () => {
  current = await E2eEnvironment.open("dev");
});
afterAll(() => current?.dispose());

brokenStartSteps(e2e, { all: true });
