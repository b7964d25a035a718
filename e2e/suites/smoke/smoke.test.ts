import { interruptedStartSteps } from "./steps/interrupted-start";
import { devLoopSteps } from "./steps/dev-loop";
import { deliverySteps } from "./steps/delivery";
import { deploymentSteps } from "./steps/deployment";
import { guardSteps } from "./steps/guards";
import { httpApiSteps, storedTaskSteps } from "./steps/http-api";
import { destroySteps, localCloudSteps } from "./steps/local-cloud";
import { observabilitySteps } from "./steps/observability";
import { secretSteps } from "./steps/secrets";
import { pauseSteps } from "./steps/pause";
import { tableSteps } from "./steps/table";
import { taskSteps } from "./steps/tasks";
import { withoutTableSteps } from "./steps/without-table";
import { plainTerraformSteps } from "./steps/plain-terraform";
import { E2eEnvironment } from "../../support/e2e-environment";
import { openBeforeTests } from "../../support/open-before-tests";

jest.setTimeout(400_000);
const e2e = openBeforeTests(() => E2eEnvironment.open("dev"));

/** `npm run cli -- test state` interrupts first starts in all ways. */
interruptedStartSteps(e2e, { all: false });
deploymentSteps(e2e);

describe("the deployed service", () => {
  // When a single step is run by its name, no step before it has deployed the service.
  beforeAll(() => e2e().deploy());
  plainTerraformSteps(e2e);
  taskSteps(e2e);
  tableSteps(e2e);
  observabilitySteps(e2e);
  httpApiSteps(e2e);
  storedTaskSteps(e2e);
  secretSteps(e2e);
  deliverySteps(e2e);
  pauseSteps(e2e);
  guardSteps(e2e);
  localCloudSteps(e2e);
  devLoopSteps(e2e);
  withoutTableSteps(e2e);
  destroySteps(e2e);
});
