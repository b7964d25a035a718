import { brokenStartSteps } from "./steps/broken-start";
import { deliverySteps } from "./steps/delivery";
import { deploymentSteps } from "./steps/deployment";
import { faultSteps } from "./steps/faults";
import { guardSteps } from "./steps/guards";
import { interfaceSteps } from "./steps/interface";
import { destroySteps, localCloudSteps } from "./steps/local-cloud";
import { secretSteps } from "./steps/secrets";
import { taskSteps } from "./steps/tasks";
import { withoutTableSteps } from "./steps/without-table";
import { wayOutSteps } from "./steps/way-out";
import { Walk } from "./support/walk";

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

/** `npm run cli -- test state` breaks first starts in all ways. */
brokenStartSteps(walk, { all: false });
deploymentSteps(walk);
wayOutSteps(walk);
taskSteps(walk);
interfaceSteps(walk);
secretSteps(walk);
deliverySteps(walk);
guardSteps(walk);
localCloudSteps(walk);
faultSteps(walk);
withoutTableSteps(walk);
destroySteps(walk);
