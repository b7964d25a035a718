import { interruptedStartSteps } from "../smoke/steps/interrupted-start";
import { E2eEnvironment } from "../../support/e2e-environment";
import { openBeforeTests } from "../../support/open-before-tests";

jest.setTimeout(400_000);
const e2e = openBeforeTests(() => E2eEnvironment.open("dev"));

interruptedStartSteps(e2e, { all: true });
