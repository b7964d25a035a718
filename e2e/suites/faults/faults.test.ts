import { E2eEnvironment } from "../../support/e2e-environment";
import { openBeforeTests } from "../../support/open-before-tests";
import { describeCampaign } from "./describe-campaign";
import { faultKinds } from "./kinds";

jest.setTimeout(3_600_000);
const e2e = openBeforeTests(() => E2eEnvironment.open("dev"));
beforeAll(() => e2e().deploy());

describeCampaign(e2e, faultKinds, 3_000);
