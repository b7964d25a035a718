import { deliverySteps } from "./steps/delivery";
import { deploymentSteps } from "./steps/deployment";
import { guardSteps } from "./steps/guards";
import { localCloudSteps } from "./steps/local-cloud";
import { taskSteps } from "./steps/tasks";
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
afterAll(() => current?.local.dispose());

deploymentSteps(walk);
taskSteps(walk);
deliverySteps(walk);
guardSteps(walk);
localCloudSteps(walk);
