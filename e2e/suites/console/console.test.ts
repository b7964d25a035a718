import { openBeforeTests } from "../../support/open-before-tests";
import { browserPath } from "./console-page";
import { ConsoleSuite } from "./console-suite";
import { accessSteps } from "./steps/access";
import { deadLetterSteps } from "./steps/dead-letters";
import { deploymentSteps } from "./steps/deployments";
import { faultSteps } from "./steps/faults";
import { manyTasksSteps } from "./steps/many-tasks";
import { monitoringSteps } from "./steps/monitoring";
import { pageSteps } from "./steps/page";
import { taskSteps } from "./steps/tasks";

jest.setTimeout(400_000);

// Skipped on a machine without a browser.
const inBrowser = browserPath === undefined ? describe.skip : describe;

inBrowser("the console of the deployed service", () => {
  const suite = openBeforeTests(() => ConsoleSuite.open());
  afterEach(async () => {
    expect(await suite().closePages()).toEqual([]);
  });

  taskSteps(suite);
  deadLetterSteps(suite);
  monitoringSteps(suite);
  deploymentSteps(suite);
  faultSteps(suite);
  pageSteps(suite);
  accessSteps(suite);
  manyTasksSteps(suite);
});
