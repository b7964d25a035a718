import { deliverySteps } from "../smoke/steps/delivery";
import { httpApiSteps, storedTaskSteps } from "../smoke/steps/http-api";
import { observabilitySteps } from "../smoke/steps/observability";
import { pauseSteps } from "../smoke/steps/pause";
import { secretSteps } from "../smoke/steps/secrets";
import { taskSteps } from "../smoke/steps/tasks";
import { withoutStoreSteps } from "../smoke/steps/without-table";
import {
  chosenStoreSteps,
  databaseAccessSteps,
  databasePlanSteps,
  destroyDatabaseSteps,
} from "./steps/database";
import { migrationSteps, noDatabaseSteps } from "./steps/migrations";
import { noStoreOperatorSteps, storeOperatorSteps } from "./steps/operators";
import { E2eEnvironment } from "../../support/e2e-environment";
import { openBeforeTests } from "../../support/open-before-tests";

/** The steps of the suite `smoke`, which runs them on DynamoDB, on the other stores. */
jest.setTimeout(600_000);

describe("postgres", () => {
  const e2e = openBeforeTests(() => E2eEnvironment.open("dev", "postgres"));
  beforeAll(() => e2e().deploy());
  databasePlanSteps(e2e);
  taskSteps(e2e);
  observabilitySteps(e2e);
  httpApiSteps(e2e);
  storedTaskSteps(e2e);
  secretSteps(e2e);
  deliverySteps(e2e);
  pauseSteps(e2e);
  storeOperatorSteps(e2e);
  databaseAccessSteps(e2e);
  migrationSteps(e2e);
  destroyDatabaseSteps(e2e);
});

describe("none", () => {
  const e2e = openBeforeTests(() => E2eEnvironment.open("dev", "none"));
  beforeAll(() => e2e().deploy());
  withoutStoreSteps(e2e);
  noDatabaseSteps(e2e);
  httpApiSteps(e2e);
  noStoreOperatorSteps(e2e);
  chosenStoreSteps(e2e);
});
