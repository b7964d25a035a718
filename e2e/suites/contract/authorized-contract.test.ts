import { expectSuccess } from "../../support/command";
import { openJwtEnvironment, type JwtEnvironment } from "../../support/jwt-environment";
import { runSchemathesis, type ContractCaller } from "./schemathesis";

const minCases = 200;
const casesPerOperation = 25;

let environment: JwtEnvironment;
jest.setTimeout(1_800_000);
beforeAll(async () => {
  environment = await openJwtEnvironment();
});
afterAll(() => environment.dispose());

/** A token with scopes, valid for an hour. */
const token = (scopes: readonly string[]) =>
  environment.issuer.token({
    ...{ sub: "alice", aud: "tasks", exp: Math.floor(Date.now() / 1000) + 3_600 },
    ...(scopes.length > 0 && { scope: scopes.join(" ") }),
  });

const contract = (caller: ContractCaller) =>
  runSchemathesis({
    home: environment.e2e.local.home,
    base: environment.e2e.service.api.base,
    casesPerOperation,
    caller,
  });

test.each([[[]], [["tasks:read"]], [["tasks:write"]], [["tasks:read", "tasks:write"]]])(
  "a token with the scopes %j is accepted by the operations that the OpenAPI document allows, and by no others",
  async (grantedScopes) => {
    const result = await contract({ token: token(grantedScopes), grantedScopes });
    expectSuccess(result);
    expect(result.cases).toBeGreaterThanOrEqual(minCases);
  },
);

test("without a token, only operations without security requirements are allowed", async () => {
  const result = await contract({ grantedScopes: [] });
  expectSuccess(result);
  expect(result.cases).toBeGreaterThanOrEqual(minCases);
});

test("negative control: a token with more scopes than the check expects is reported", async () => {
  const result = await contract({
    token: token(["tasks:read", "tasks:write"]),
    grantedScopes: ["tasks:read"],
  });
  expect(result.exitCode).toBe(1);
  expect(result.stdout).toContain("was allowed without the scope tasks:write");
  expect(result.stdout).not.toContain("was allowed without the scope tasks:read");
});
