import { postgresKinds } from "../faults/kinds";
import { runConcurrently, runControls } from "../faults/run-small";
import { withFaultProxy } from "../faults/with-fault-proxy";
import { E2eEnvironment } from "../../support/e2e-environment";
import { openBeforeTests } from "../../support/open-before-tests";

/** `npm run faults -- postgres` runs all kinds at full size, with all controls. */
jest.setTimeout(900_000);
const e2e = openBeforeTests(() => E2eEnvironment.open("dev", "postgres"));
beforeAll(() => e2e().deploy());

const concurrentKinds = postgresKinds.filter(({ exclusive }) => exclusive !== true);
const exclusiveKinds = postgresKinds.filter(({ exclusive }) => exclusive === true);

test("on PostgreSQL, no task is lost and none has two effects under concurrent faults", async () => {
  await withFaultProxy(e2e(), (campaign) => runConcurrently(campaign, concurrentKinds));
});

test.each(exclusiveKinds.map((kind) => [kind.id, kind.description, kind] as const))(
  "%s: %s; no task is lost and none has two effects",
  async (_id, _description, kind) => {
    await withFaultProxy(e2e(), (campaign) => runConcurrently(campaign, [kind]));
  },
);

test.each(
  postgresKinds
    .filter(({ id }) => ["F8", "F9", "F10", "F15", "F28", "F29", "F30", "F31"].includes(id))
    .map((kind) => [kind.id, kind.protection.description, kind] as const),
)("%s with %s loses or duplicates tasks, or violates another guarantee", async (_id, _protection, kind) => {
  await withFaultProxy(e2e(), (campaign) => runControls(campaign, [kind]));
});
