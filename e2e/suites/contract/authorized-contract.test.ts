import { expectSuccess } from "../../support/command";
import { openJwtEnvironment, type JwtEnvironment } from "../../support/jwt-environment";
import { runSchemathesis, type ContractCaller } from "./schemathesis";

const fewestCases = 200;
const casesOfAnOperation = 25;

let environment: JwtEnvironment;
jest.setTimeout(1_800_000);
beforeAll(async () => {
  environment = await openJwtEnvironment();
});
afterAll(() => environment.dispose());

/** A token that the API takes for an hour, with some scopes. */
const token = (scopes: readonly string[]) =>
  environment.issuer.token({
    ...{ sub: "alice", aud: "tasks", exp: Math.floor(Date.now() / 1000) + 3_600 },
    ...(scopes.length > 0 && { scope: scopes.join(" ") }),
  });

const contract = (caller: ContractCaller) =>
  runSchemathesis({
    home: environment.e2e.local.home,
    base: environment.e2e.service.api.base,
    casesOfAnOperation,
    caller,
  });

test.each([[[]], [["tasks:read"]], [["tasks:write"]], [["tasks:read", "tasks:write"]]])(
  "a token with the scopes %j may do what the API's document allows, and nothing else",
  async (grantedScopes) => {
    const result = await contract({ token: token(grantedScopes), grantedScopes });
    expectSuccess(result);
    expect(result.cases).toBeGreaterThanOrEqual(fewestCases);
  },
);

test("without a token nothing is allowed but what is open to all", async () => {
  const result = await contract({ grantedScopes: [] });
  expectSuccess(result);
  expect(result.cases).toBeGreaterThanOrEqual(fewestCases);
});

test("a token that may do more than the document allows is found", async () => {
  const result = await contract({
    token: token(["tasks:read", "tasks:write"]),
    grantedScopes: ["tasks:read"],
  });
  expect(result.exitCode).toBe(1);
  expect(result.stdout).toContain("was allowed without the scope tasks:write");
  expect(result.stdout).not.toContain("was allowed without the scope tasks:read");
});
