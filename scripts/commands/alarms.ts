import { argument, oneOf, string } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";
import { userError } from "../core/errors";

export default defineCloudCommand({
  group: "Operate",
  description: "List the alarms of an environment with their states, or drill them.",
  details:
    "drill drives each alarm, and waits for its message at a queue that subscribes the topic; subscribers get the messages too. In the local cloud it puts data into the alarm's metric, where MiniStack evaluates it. In AWS, and for metric math, it sets the state; CloudWatch returns it at the next evaluation.",
  examples: ["alarms list dev", "alarms drill prod --aws"],
  exitCodes: { 3: "the message of an alarm has not arrived" },
  leading: { action: argument("list or drill.", oneOf("actions", ["list", "drill"])) },
  options: { only: string("name", "Drill that alarm only.") },
  json: "the alarms",
  confirms: "in run",
  does: (name, { action }) => `${action} the alarms of ${name}`,
  run: async ({ action, only }, { account: { config, client, isAws }, confirm }) => {
    const { naming } = await import("../../deploy/shared/naming.js");
    const { printAlarms, printDrill } = await import("../../packages/cloudwatch-alarms/src/report.js");
    const options = { client, prefix: naming(config)("") };
    if (action === "list") return some(config.name, await printAlarms(options));
    await confirm("Set each alarm to ALARM? All subscribers get a message for each.");
    const drilled = some(config.name, await printDrill({ ...options, only, withData: !isAws }));
    if (drilled.some(({ arrived }) => !arrived)) process.exitCode = 3;
    return drilled;
  },
});

/** @throws {CommandError} when there are no alarms */
function some<Alarm>(environment: string, alarms: readonly Alarm[]): readonly Alarm[] {
  if (alarms.length > 0) return alarms;
  throw userError(
    `${environment} has no alarms.`,
    `alarms_enabled = true in deploy/10_core/environments/${environment}/terraform.tfvars`,
    "set it, with a subscriber in alarm_emails, and deploy all layers; an administrator deploys core",
  );
}
