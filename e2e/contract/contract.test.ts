import document from "@serverless-tasks/functions/api/openapi.json";
import { cdktf, expectSuccess } from "../support/command";
import { Walk } from "../support/walk";
import { runSchemathesis } from "./schemathesis";

const fewestCases = 2_000;
const casesOfAnOperation = 450;

let walk: Walk;
jest.setTimeout(1_800_000);
beforeAll(async () => {
  walk = await Walk.open("dev");
  expectSuccess(await cdktf(walk.local.cloud.env, "deploy", "*-dev", "--auto-approve"));
  await walk.enter();
});
afterAll(() => walk.dispose());

test("thousands of requests, right and wrong, are all answered as the API's document says", async () => {
  const { base } = walk.service.api;
  expect(await (await walk.service.api.call("GET", "/openapi.json")).json()).toEqual(document);
  const result = await runSchemathesis({ home: walk.local.home, base, casesOfAnOperation });
  expectSuccess(result);
  expect(result.cases).toBeGreaterThanOrEqual(fewestCases);
});
