import {
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { ListSubscriptionsCommand, ListTopicsCommand } from "@aws-sdk/client-sns";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { scriptIn } from "../../../support/command";
import { plannedChanges } from "../../../support/plan";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { devPrefix } from "../../../support/names";

const listed = z.array(z.object({ name: z.string(), state: z.string(), description: z.string() }));
const drilled = z.array(
  z.object({ name: z.string(), driver: z.enum(["datum", "state", "rule"]), arrived: z.boolean() }),
);

/** Deploys dev with alarms, from a copy of the repository. Does nothing when it has them. */
export async function enableAlarms(e2e: E2eEnvironment): Promise<void> {
  const { Topics = [] } = await e2e.account.sns.send(new ListTopicsCommand());
  if (Topics.length > 0) return;
  await e2e.deployWith({ core: { alarms_enabled: "true", alarm_emails: '["on-call@example.com"]' } });
}

/** The ARN of the topic of the alarms. */
export async function alarmTopic({ account }: E2eEnvironment): Promise<string> {
  const { Topics = [] } = await account.sns.send(new ListTopicsCommand());
  const [only] = Topics.map(({ TopicArn = "" }) => TopicArn);
  if (only === undefined) throw new Error("Expected the topic of the alarms, found none");
  return only;
}

/** Alarms, which the tfvars of dev disable: they are enabled in a copy of the repository. */
export function alarmSteps(e2e: () => E2eEnvironment): void {
  const alarms = (...parameters: string[]) => {
    const env = { ...process.env, LOCAL_CLOUD_HOME: e2e().local.home.folder };
    return scriptIn(e2e().repository, env, "alarms", ...parameters);
  };
  test("without alarms there is none to list or to drill", async () => {
    for (const action of ["list", "drill"]) {
      const { exitCode, stderr } = await alarms(action, "dev");
      expect(exitCode).toBe(1);
      expect(stderr).toContain("dev has no alarms");
    }
  });

  test("alarms that tfvars enable are created, and a second plan has no changes", async () => {
    await enableAlarms(e2e());
    const { cloud, home } = e2e().local;
    expect(await plannedChanges(cloud, home)).toEqual([]);
    const { Subscriptions } = await e2e().account.sns.send(new ListSubscriptionsCommand());
    expect(Subscriptions).toMatchObject([
      { Protocol: "email", Endpoint: "on-call@example.com", TopicArn: await alarmTopic(e2e()) },
    ]);
  });

  test("a drill drives every alarm, and each message arrives at a subscriber", async () => {
    const ended = {
      AlarmName: `${devPrefix}-tasks-dlq-not-empty`,
      StateValue: "OK",
      StateReason: "read",
    } as const;
    await e2e().account.cloudwatch.send(new SetAlarmStateCommand(ended));
    const { exitCode, stdout, stderr } = await alarms("drill", "dev", "--json");
    const outcomes = drilled.parse(JSON.parse(stdout));
    expect(outcomes.filter(({ arrived }) => !arrived)).toEqual([]);
    expect(stderr).toContain("have reached a subscriber");
    expect(exitCode).toBe(0);
    const all = listed.parse(JSON.parse((await alarms("list", "dev", "--json")).stdout));
    expect(outcomes.map(({ name }) => name).sort()).toEqual(all.map(({ name }) => name).sort());
    expect(new Set(outcomes.map(({ driver }) => driver))).toEqual(new Set(["datum", "state", "rule"]));
    // Nothing of the drill is left.
    const { Subscriptions = [] } = await e2e().account.sns.send(new ListSubscriptionsCommand());
    expect(Subscriptions.map(({ Protocol }) => Protocol)).toEqual(["email"]);
    const { QueueUrls = [] } = await e2e().account.sqs.send(new ListQueuesCommand());
    expect(QueueUrls.filter((url) => url.includes("drill"))).toEqual([]);
  });

  test("a drill fails when an alarm does not reach a subscriber", async () => {
    const name = `${devPrefix}-worker-throttles`;
    const { cloudwatch } = e2e().account;
    await cloudwatch.send(new DisableAlarmActionsCommand({ AlarmNames: [name] }));
    try {
      const { exitCode, stdout } = await alarms("drill", "dev", "--json", "--only", name);
      expect(exitCode).toBe(3);
      expect(drilled.parse(JSON.parse(stdout))).toMatchObject([{ name, arrived: false }]);
    } finally {
      await cloudwatch.send(new EnableAlarmActionsCommand({ AlarmNames: [name] }));
    }
  });
}
