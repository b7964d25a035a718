import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { exampleEnvironment } from "../../deploy/testing/environments";
import { awsAccount } from "../testing/test-account";
import type { EnvironmentAccount } from "./environment-account";
import { stacksBelow, stacksInOrder, type EnvironmentStack } from "./environment-stacks";

const second = "eu-west-1";

const withTwoRegions = ({ core, ...others }: EnvironmentConfig, hasKey: boolean) =>
  awsAccount({
    ...others,
    core: {
      ...core,
      recovery: { region: second },
      encryption: { ...core.encryption, customer_managed_key: hasKey },
    },
  });
const idsOf = (stacks: readonly EnvironmentStack[]) => stacks.map(({ id }) => id);
const below = (account: EnvironmentAccount, id: string) =>
  stacksInOrder(account)
    .filter((stack) => stack.id === id)
    .flatMap((stack) => stacksBelow(stack).map(({ label }) => label));

test("an environment with one region has its three layers", async () => {
  const account = awsAccount(await exampleEnvironment("dev"));
  expect(idsOf(stacksInOrder(account))).toEqual(["core-dev", "infra-dev", "app-dev"]);
  expect(below(account, "app-dev")).toEqual(["core", "infra"]);
});

test("of two regions each layer comes first in the first region, with the account of its own", async () => {
  const stacks = stacksInOrder(withTwoRegions(await exampleEnvironment("dev"), true));
  expect(idsOf(stacks)).toEqual([
    ...["core-dev", `core-dev-${second}`],
    ...["infra-dev", `infra-dev-${second}`],
    ...["app-dev", `app-dev-${second}`],
  ]);
  for (const { standbyRegion, account } of stacks) {
    const region = standbyRegion ?? "eu-central-1";
    expect(account.config.core.region).toBe(region);
    expect(account.config.backends.core.region).toBe(region);
    expect(await account.clients.s3.config.region()).toBe(region);
    expect(await account.clients.dynamodb.config.region()).toBe(region);
  }
});

test("the first region's infra layer reads the key of the second region, if there is one", async () => {
  const dev = await exampleEnvironment("dev");
  const withKey = withTwoRegions(dev, true);
  expect(below(withKey, "infra-dev")).toEqual(["core", `core (${second})`]);
  expect(below(withKey, "app-dev")).toEqual(["core", "infra"]);
  expect(below(withKey, `app-dev-${second}`)).toEqual([`core (${second})`, `infra (${second})`]);
  expect(below(withTwoRegions(dev, false), "infra-dev")).toEqual(["core"]);
});
