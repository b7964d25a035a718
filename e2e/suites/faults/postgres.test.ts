import { E2eEnvironment } from "../../support/e2e-environment";
import { openBeforeTests } from "../../support/open-before-tests";
import { describeCampaign } from "./describe-campaign";
import { postgresKinds } from "./kinds";

/** The campaign on PostgreSQL: `npm run faults -- postgres`. */
jest.setTimeout(3_600_000);
const e2e = openBeforeTests(() => E2eEnvironment.open("dev", "postgres"));
beforeAll(() => e2e().deploy());

describeCampaign(e2e, postgresKinds, 2_000);
