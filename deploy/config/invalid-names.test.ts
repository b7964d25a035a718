import { temporaryDeploy, type TemporaryDeploy } from "../testing/temporary-deploy";
import { loadEnvironment } from "./load-environment";

/** Names and lists that API Gateway, EventBridge or GitHub would refuse, or that would be left out without a word. */
let deploy: TemporaryDeploy;
beforeEach(() => {
  deploy = temporaryDeploy();
});
afterEach(() => {
  deploy.dispose();
});

/** What dev is refused with, after an edit. */
async function expectRefusal(layer: string, from: string, to: string, expected: string) {
  deploy.edit(layer, "dev", "terraform", from, to);
  await expect(loadEnvironment("dev", deploy.root)).rejects.toThrow(
    `deploy/${layer}/environments/dev/terraform.tfvars\n  ${expected}`,
  );
}

test.each([
  ['""', "jwt.audience.0: expected an audience"],
  ['" "', "jwt.audience.0: expected an audience"],
  ['"tasks\\n"', "jwt.audience.0: expected an audience"],
  ['"a", "a"', "jwt.audience: expected each audience once"],
  [
    Array.from({ length: 51 }, (_, at) => `"${at}"`).join(),
    "jwt.audience: expected a list with a length of at most 50",
  ],
])("the audience [%s] is refused", async (audience, expected) => {
  const jwt = `"jwt"\njwt = { issuer = "https://a.b", audience = [${audience}] }`;
  await expectRefusal("30_app", '"none"', jwt, expected);
});

test.each([
  ['"serverless-tasks"', '".."', "github.repository: expected a repository's name"],
  ['"serverless-tasks"', '"serverless-tasks.git"', "github.repository: expected a repository's name"],
  ['"1000001"', '"0"', "github.owner_id: expected an id in digits"],
  ['"example"', '"example.com"', "github.owner: expected a GitHub user or organization"],
])("the GitHub name or id %s as %s is refused", async (from, to, expected) => {
  await expectRefusal("10_core", from, to, expected);
});

test.each([
  ["daily-report", "__proto__", "schedules.__proto__: expected another name"],
  ["hours", '"__proto__"', "schedules.daily-report.payload.__proto__: expected another name"],
  ["daily-report", "x".repeat(31), `schedules.${"x".repeat(31)}: expected a schedule name of at most 30`],
  [
    "cron(0 6",
    `cron(${Array.from({ length: 60 }, (_, minute) => minute).join()} ${Array.from({ length: 24 }, (_, hour) => hour).join()},0,0,0,0,0,0,0,0,0,0,0`,
    "schedules.daily-report.expression: expected a text with a length of at most 256",
  ],
])("a schedule with %s as %s is refused", async (from, to, expected) => {
  await expectRefusal("20_infra", from, to, expected);
});
