import { functionNames } from "@serverless-tasks/functions/service";
import * as z from "zod";
import { releaseInput } from "./release-input";
import { namePrefix } from "../../shared/naming";
import { exampleEnvironment, forEachEnvironment } from "../../testing/environments";
import { synthesize, type SynthesizedStack } from "../../testing/synthesize";
import { watchedConditions } from "./release";

const provisioned = z.object({
  triggers_replace: z.record(z.string(), z.string()),
  depends_on: z.array(z.string()),
  provisioner: z.tuple([
    z.object({
      "local-exec": z.object({ command: z.string(), environment: z.object({ RELEASE: z.string() }) }),
    }),
  ]),
});

/** The release of a stack, and what its program gets. */
function releaseIn(app: SynthesizedStack) {
  const release = provisioned.parse(app.one("terraform_data"));
  const { command, environment } = release.provisioner[0]["local-exec"];
  return { ...release, command, input: releaseInput.parse(JSON.parse(environment.RELEASE)) };
}

forEachEnvironment((environment) => {
  test("the release program gets each function's version, and the settings of tfvars", () => {
    const { app, config } = environment();
    const { command, input, triggers_replace } = releaseIn(app);
    expect(command).toBe("node artifacts/release.cjs");
    expect(Object.keys(input.functions)).toEqual(functionNames);
    for (const [name, { version }] of Object.entries(input.functions)) {
      expect(version).toMatch(/^\$\{aws_lambda_function\.\w+\.version\}$/);
      expect(triggers_replace[name]).toBe(version);
    }
    expect(input).toMatchObject({ ...config.app.release, region: config.core.region, alias: "live" });
    expect(input.functions.worker).toMatchObject({
      name: `${namePrefix(config)}-worker`,
      timeout_seconds: config.infra.task_queue.worker_timeout_seconds,
    });
  });

  test("it runs once all aliases and event sources are applied", () => {
    const { app } = environment();
    const { depends_on } = releaseIn(app);
    const required = ["aws_lambda_alias", "aws_lambda_event_source_mapping", "aws_lambda_permission"].flatMap(
      (type) => Object.keys(app.json.resource[type] ?? {}).map((id) => `${type}.${id}`),
    );
    expect(required.length).toBeGreaterThan(functionNames.length);
    expect(depends_on).toEqual(expect.arrayContaining(required));
  });

  test("alarms are watched where there are some, and each condition is that of an alarm", () => {
    const { app, infra, config } = environment();
    const { alarms } = releaseIn(app).input;
    if (!config.core.alarms_enabled) {
      expect(alarms).toBeUndefined();
      return;
    }
    expect(alarms).toEqual({ prefix: `${namePrefix(config)}-`, conditions: watchedConditions });
    const names = [
      ...app.all("aws_cloudwatch_metric_alarm"),
      ...infra.all("aws_cloudwatch_metric_alarm"),
    ].map(({ alarm_name }) => String(alarm_name));
    for (const condition of watchedConditions)
      expect(names).toContainEqual(expect.stringMatching(new RegExp(`-${condition}$`)));
  });
});

test("a prod example watches alarms", async () => {
  const { app } = synthesize(await exampleEnvironment("prod"));
  expect(releaseIn(app).input.alarms?.conditions).toEqual(watchedConditions);
});
