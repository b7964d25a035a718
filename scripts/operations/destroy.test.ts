import { exampleEnvironment } from "../../deploy/testing/environments";
import { stacksToDestroy } from "./destroy";

test("one region is destroyed in one run", async () => {
  const config = await exampleEnvironment("dev");
  expect(stacksToDestroy(config, false)).toEqual([["core-dev", "infra-dev", "app-dev"]]);
  expect(stacksToDestroy(config, true)).toEqual([["infra-dev", "app-dev"]]);
});

test("of two regions the core layers, with the keys of the table's copies, are destroyed last", async () => {
  const { core, ...others } = await exampleEnvironment("dev");
  const config = { ...others, core: { ...core, recovery: { region: "eu-west-1" } } };
  const upper = ["infra-dev", "app-dev", "infra-dev-eu-west-1", "app-dev-eu-west-1"];
  expect(stacksToDestroy(config, false)).toEqual([
    upper,
    ["core-dev", "infra-dev", "app-dev", "core-dev-eu-west-1", "infra-dev-eu-west-1", "app-dev-eu-west-1"],
  ]);
  expect(stacksToDestroy(config, true)).toEqual([upper]);
});
