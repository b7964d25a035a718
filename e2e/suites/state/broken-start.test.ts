import { brokenStartSteps } from "../smoke/steps/broken-start";
import { E2eEnvironment } from "../../support/e2e-environment";
import { openBeforeTests } from "../../support/open-before-tests";

jest.setTimeout(400_000);
const e2e = openBeforeTests(() => E2eEnvironment.open("dev"));

brokenStartSteps(e2e, { all: true });
