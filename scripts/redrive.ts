import { parseArgs } from "node:util";
import { GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { naming } from "../deploy/shared/naming";
import { environmentAccount } from "./bootstrap/environment-account";
import { environmentArgument } from "./local/arguments";
import { confirmTarget } from "./local/confirm";
import { runMain } from "./local/run-main";
import { moveMessages } from "./redrive/move-messages";

const usage = `npm run redrive -- <environment> [--yes]

Moves the dead letters of an environment's tasks back to the task queue, when what made them fail has been mended.
May be interrupted and run again: a task has its effect once. Goes to AWS, or to the emulator that AWS_ENDPOINT_URL
names.

  --yes  do not ask before touching AWS`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { yes: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const name = environmentArgument(positionals, usage);
  const { config, client, account, endpoint, isAws } = await environmentAccount(name);
  console.log(`Account ${account} at ${endpoint}, region ${config.core.region}:`);
  if (isAws && !values.yes) await confirmTarget(`Move the dead letters of ${name}?`);

  const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: isAws });
  const nameOf = naming(config);
  const urlOf = async (queue: string) =>
    (await sqs.send(new GetQueueUrlCommand({ QueueName: nameOf(queue) }))).QueueUrl ?? "";
  const [from, to] = await Promise.all([urlOf("tasks-dlq"), urlOf("tasks")]);
  const moved = await moveMessages({
    sqs,
    from,
    to,
    report: (count) => {
      console.log(`  ${count} moved`);
    },
  });
  console.log(moved === 0 ? "There were none." : `Moved ${moved} dead letters back to the task queue.`);
}

runMain(main);
