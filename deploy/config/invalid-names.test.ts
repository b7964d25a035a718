import { configurationError } from "../testing/configuration-error";
import { temporaryDeploy, type TemporaryDeploy } from "../testing/temporary-deploy";
import { loadEnvironment } from "./load-environment";

/** Names and lists that API Gateway, EventBridge or GitHub would reject, or that would be ignored silently. */
let deploy: TemporaryDeploy;
beforeEach(() => {
  deploy = temporaryDeploy();
});
afterEach(() => {
  deploy.dispose();
});

async function expectProblem(folder: string, from: string, to: string, code: string, path: string) {
  deploy.edit(folder, "dev", "terraform", from, to);
  const { problems } = await configurationError(loadEnvironment("dev", deploy.root));
  expect(problems.map((problem) => [problem.code, problem.path])).toContainEqual([code, path]);
}

const list = (length: number) => Array.from({ length }, (_, index) => index);

test.each([
  ['""', "invalid-value", "jwt.audience.0"],
  ['" "', "invalid-value", "jwt.audience.0"],
  ['"tasks\\n"', "invalid-value", "jwt.audience.0"],
  ['"a", "a"', "invalid-value", "jwt.audience"],
  [
    list(51)
      .map((number) => `"${number}"`)
      .join(),
    "too-large",
    "jwt.audience",
  ],
])("the audience [%s] is rejected: %s", async (audience, code, path) => {
  const jwt = `"jwt"\njwt = { issuer = "https://a.b", audience = [${audience}] }`;
  await expectProblem("30_app", '"none"', jwt, code, path);
});

test.each([
  ['"serverless-tasks"', '".."', "github.repository"],
  ['"serverless-tasks"', '"serverless-tasks.git"', "github.repository"],
  ['"1000001"', '"0"', "github.owner_id"],
  ['"example"', '"example.com"', "github.owner"],
])("the GitHub name or id %s as %s is rejected", async (from, to, path) => {
  await expectProblem("10_core", from, to, "invalid-value", path);
});

const tooLongName = "x".repeat(31);
const longCron = `cron(${list(60).join()} ${list(24).join()},0,0,0,0,0,0,0,0,0,0,0`;

test.each([
  ["daily-report", "__proto__", "reserved-name", "schedules.__proto__"],
  ["hours", '"__proto__"', "reserved-name", "schedules.daily-report.payload.__proto__"],
  ["daily-report", tooLongName, "invalid-name", `schedules.${tooLongName}`],
  ["cron(0 6", longCron, "too-large", "schedules.daily-report.expression"],
])("a schedule with %s as %s is rejected", async (from, to, code, path) => {
  await expectProblem("20_infra", from, to, code, path);
});
