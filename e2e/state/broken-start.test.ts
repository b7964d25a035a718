import { brokenStartSteps } from "../steps/broken-start";
import { Walk } from "../support/walk";

let current: Walk | undefined;
const walk = (): Walk => {
  if (current === undefined) throw new Error("The walk has not begun");
  return current;
};

jest.setTimeout(400_000);
beforeAll(async () => {
  current = await Walk.open("dev");
});
afterAll(() => current?.dispose());

brokenStartSteps(walk, { all: true });
