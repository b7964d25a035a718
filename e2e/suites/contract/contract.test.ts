import { servedDocument } from "@serverless-tasks/functions/api/docs/served-document";
import { expectSuccess } from "../../support/command";
import { E2eEnvironment } from "../../support/e2e-environment";
import { runSchemathesis } from "./schemathesis";

const minCases = 2_000;
const casesPerOperation = 450;

let e2e: E2eEnvironment;
jest.setTimeout(1_800_000);
beforeAll(async () => {
  e2e = await E2eEnvironment.open("dev");
  await e2e.deploy();
});
afterAll(() => e2e.dispose());

test("the responses to thousands of valid and invalid requests match the OpenAPI document", async () => {
  const { base } = e2e.service.api;
  expect(await (await e2e.service.api.call("GET", "/openapi.json")).json()).toEqual(servedDocument("none"));
  const result = await runSchemathesis({ home: e2e.local.home, base, casesPerOperation });
  expectSuccess(result);
  expect(result.cases).toBeGreaterThanOrEqual(minCases);
});
