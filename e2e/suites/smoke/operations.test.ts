import { alarmSteps } from "./steps/alarms";
import { breakpointSteps } from "./steps/breakpoints";
import { faultSteps } from "./steps/faults";
import { incidentSteps } from "./steps/incidents";
import { localRunSteps } from "./steps/local-run";
import { E2eEnvironment } from "../../support/e2e-environment";
import { openBeforeTests } from "../../support/open-before-tests";

jest.setTimeout(400_000);
const e2e = openBeforeTests(() => E2eEnvironment.open("dev"));
beforeAll(() => e2e().deploy());

breakpointSteps(e2e);
localRunSteps(e2e);
faultSteps(e2e);
/** Last, since they deploy dev with alarms. */
alarmSteps(e2e);
incidentSteps(e2e);
