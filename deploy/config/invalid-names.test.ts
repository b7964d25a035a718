import type { Layer } from "../shared/layers";
import { configurationError } from "../testing/configuration-error";
import type { Settings } from "../testing/example-settings";
import { oneSchedule, TemporaryDeploy } from "../testing/temporary-deploy";
import { exampleRepository } from "../testing/workflow-claims";
import { loadEnvironment } from "./load-environment";

/** Names and lists that API Gateway, EventBridge or GitHub would reject, or that would be ignored silently. */
let deploy: TemporaryDeploy;
beforeEach(() => {
  deploy = new TemporaryDeploy();
});
afterEach(() => {
  deploy.dispose();
});

async function expectProblem(layer: Layer, settings: Settings, code: string, path: string) {
  deploy.set(layer, "dev", settings);
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
  const jwt = `{ issuer = "https://a.b", audience = [${audience}] }`;
  await expectProblem("app", { jwt }, code, path);
});

test.each([
  ["repository", ".."],
  ["repository", "service.git"],
  ["owner_id", "0"],
  ["owner", "example.com"],
])("the GitHub %s %s is rejected", async (name, value) => {
  const github = JSON.stringify({ ...exampleRepository, [name]: value });
  await expectProblem("core", { github }, "invalid-value", `github.${name}`);
});

const tooLongName = "x".repeat(31);
const longCron = `cron(${list(60).join()} ${list(24).join()},0,0,0,0,0,0,0,0,0,0,0`;

test.each<[Parameters<typeof oneSchedule>[0], string, string]>([
  [{ name: "__proto__" }, "reserved-name", "schedules.__proto__"],
  [{ payload: '{ "__proto__" = 24 }' }, "reserved-name", "schedules.daily-report.payload.__proto__"],
  [{ name: tooLongName }, "invalid-name", `schedules.${tooLongName}`],
  [{ expression: `${longCron} * * ? *)` }, "too-large", "schedules.daily-report.expression"],
])("a schedule with %j is rejected", async (schedule, code, path) => {
  await expectProblem("infra", oneSchedule(schedule), code, path);
});
