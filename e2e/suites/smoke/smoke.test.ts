import { brokenStartSteps } from "./steps/broken-start";
import { deliverySteps } from "./steps/delivery";
import { deploymentSteps } from "./steps/deployment";
import { faultSteps } from "./steps/faults";
import { guardSteps } from "./steps/guards";
import { interfaceSteps } from "./steps/interface";
import { destroySteps, localCloudSteps } from "./steps/local-cloud";
import { localRunSteps } from "./steps/local-run";
import { secretSteps } from "./steps/secrets";
import { taskSteps } from "./steps/tasks";
import { withoutTableSteps } from "./steps/without-table";
import { wayOutSteps } from "./steps/way-out";
import { E2eEnvironment } from "../../support/e2e-environment";
import { openBeforeTests } from "../../support/open-before-tests";

jest.setTimeout(400_000);
const e2e = openBeforeTests(() => E2eEnvironment.open("dev"));

/** `npm run cli -- test state` breaks first starts in all ways. */
brokenStartSteps(e2e, { all: false });
deploymentSteps(e2e);

describe("the deployed service", () => {
  // For a step that runs alone, by its name.
  beforeAll(() => e2e().deploy());
  wayOutSteps(e2e);
  taskSteps(e2e);
  interfaceSteps(e2e);
  secretSteps(e2e);
  deliverySteps(e2e);
  guardSteps(e2e);
  localCloudSteps(e2e);
  localRunSteps(e2e);
  faultSteps(e2e);
  withoutTableSteps(e2e);
  destroySteps(e2e);
});
