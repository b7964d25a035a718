import { E2eEnvironment } from "../../support/e2e-environment";
import { openBeforeTests } from "../../support/open-before-tests";
import { backupSteps } from "./steps/backups";
import { operatorSteps } from "./steps/operator-commands";
import { releaseSteps } from "./steps/releases";
import { runbookSteps } from "./steps/runbooks";

jest.setTimeout(600_000);
const e2e = openBeforeTests(() => E2eEnvironment.open("dev"));
beforeAll(() => e2e().deploy());

operatorSteps(e2e);
backupSteps(e2e);
releaseSteps(e2e);
/** The last ones, since they deploy alarms. */
runbookSteps(e2e);
