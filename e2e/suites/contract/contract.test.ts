import document from "@serverless-tasks/functions/api/openapi.json";
import { expectSuccess } from "../../support/command";
import { E2eEnvironment } from "../../support/e2e-environment";
import { runSchemathesis } from "./schemathesis";

const fewestCases = 2_000;
const casesOfAnOperation = 450;

let e2e: E2eEnvironment;
jest.setTimeout(1_800_000);
beforeAll(async () => {
  e2e = await E2eEnvironment.open("dev");
  await e2e.deploy();
});
afterAll(() => e2e.dispose());

test("thousands of requests, right and wrong, are all answered as the API's document says", async () => {
  const { base } = e2e.service.api;
  expect(await (await e2e.service.api.call("GET", "/openapi.json")).json()).toEqual(document);
  const result = await runSchemathesis({ home: e2e.local.home, base, casesOfAnOperation });
  expectSuccess(result);
  expect(result.cases).toBeGreaterThanOrEqual(fewestCases);
});
