import { generateKeyPairSync } from "node:crypto";
import { cdktfIn, expectSuccess } from "../support/command";
import { TokenIssuer, type Claims } from "../support/token-issuer";
import { Walk } from "../support/walk";

/** dev, changed to take tokens of an issuer on this machine, and calls of one browser application. */
let walk: Walk;
let issuer: TokenIssuer;

const inAnHour = Math.floor(Date.now() / 1000) + 3_600;
const claims: Claims = { sub: "alice", aud: "tasks", exp: inAnHour, scope: "tasks:read tasks:write" };
/** The status that a call with a token is answered with. */
async function status(method: "GET" | "POST", token: string | undefined): Promise<number> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const body = method === "POST" ? { type: "echo", payload: { message: "with a token" } } : undefined;
  return (await walk.service.api.call(method, "/tasks", body, headers)).status;
}

jest.setTimeout(600_000);
beforeAll(async () => {
  issuer = await TokenIssuer.open();
  walk = await Walk.open("dev");
  const copy = walk.changeRepository();
  const jwt = `jwt = { issuer = "${issuer.url}", audience = ["tasks"] }`;
  copy.edit("deploy/30_app/environments/dev/terraform.tfvars", '"none"', `"jwt"\n${jwt}`);
  copy.edit(
    "deploy/20_infra/environments/dev/terraform.tfvars",
    /cors_allow_origins\s*= \[.*\]/,
    'cors_allow_origins = ["https://app.example.com"]',
  );
  expectSuccess(await cdktfIn(copy.folder, walk.local.cloud.env, "deploy", "*-dev", "--auto-approve"));
  await walk.enter();
});
afterAll(async () => {
  await walk.dispose();
  await issuer.close();
});

test("who bears a token with the route's scope is let in", async () => {
  expect(await status("POST", issuer.token(claims))).toBe(202);
  expect(await status("GET", issuer.token({ ...claims, scope: "tasks:read" }))).toBe(200);
});

test("anyone may ask for the health", async () => {
  expect((await walk.service.api.call("GET", "/health")).status).toBe(200);
});

test("a token without the route's scope is refused", async () => {
  expect(await status("POST", issuer.token({ ...claims, scope: "tasks:read" }))).toBe(403);
  expect(await status("GET", issuer.token({ ...claims, scope: "tasks:write" }))).toBe(403);
});

const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const refused: readonly (readonly [string, () => string | undefined])[] = [
  ["no token", () => undefined],
  ["a token for somebody else", () => issuer.token({ ...claims, aud: "other" })],
  ["a token that has expired", () => issuer.token({ ...claims, exp: inAnHour - 7_200 })],
  ["a token that another key has signed", () => issuer.token(claims, stranger)],
  ["no JWT at all", () => "token"],
];
test.each(refused)("%s is refused", async (_what, token) => {
  expect(await status("POST", token())).toBe(401);
});

test("the application that tfvars name may be called from browsers, and no other", async () => {
  const preflight = (origin: string) =>
    walk.service.api.call("OPTIONS", "/tasks", undefined, {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type,idempotency-key",
    });
  const allowed = await preflight("https://app.example.com");
  expect(allowed.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
  expect(allowed.headers.get("access-control-allow-headers")).toContain("idempotency-key");
  expect((await preflight("https://evil.example.com")).headers.get("access-control-allow-origin")).toBeNull();
});
