import { cdktfIn, expectSuccess } from "../../support/command";
import { E2eEnvironment } from "../../support/e2e-environment";
import { openBeforeTests } from "../../support/open-before-tests";
import { plannedChanges } from "../../support/plan";

jest.setTimeout(900_000);
const e2e = openBeforeTests(() => E2eEnvironment.open("dev"));

/** Deploys dev with other values of the parts. */
async function deployWith(cache: string | undefined, network: string | undefined) {
  const in_network = network === undefined ? undefined : "true";
  await e2e().deployWith({ infra: { cache, network }, app: { in_network } });
  await e2e().findService();
}

const unchanged = async () => {
  expect(await plannedChanges(e2e().local.cloud, e2e().local.home)).toEqual([]);
};

async function taskSucceeds() {
  const { api } = e2e().service;
  const task = await api.create("echo", { message: "through the limiter" });
  await api.until(task.id, "succeeded", 60);
}

/** The emulator has the control plane of the cache, and no server: e2e/suites/stores/rate-limit.test.ts has a real one. */
test("a cache is applied, nothing is left to change, and no request fails while it does not respond", async () => {
  const zones = ["a", "b"].map((zone) => `"${e2e().local.cloud.config.core.region}${zone}"`).join(", ");
  await deployWith(
    "{ rate_limit_per_minute = 600, rate_limit_burst = 100 }",
    `{ cidr = "10.20.0.0/20", availability_zones = [${zones}], endpoints = ["dynamodb", "logs", "secretsmanager", "sqs", "xray"] }`,
  );
  await unchanged();
  await taskSucceeds();
});

test("it is turned off again, and everything is destroyed", async () => {
  await deployWith(undefined, undefined);
  await unchanged();
  await taskSucceeds();
  const { cloud } = e2e().local;
  expectSuccess(await cdktfIn(e2e().repository, cloud.env, "destroy", "*-dev", "--auto-approve"));
});
