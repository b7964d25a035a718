import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { encodeMessage, messageVersion } from "@serverless-tasks/functions/shared/tasks/message";
import type { ProducerEvent } from "@serverless-tasks/functions/producer/event";
import { localClientConfig } from "../../../packages/local-cloud/src/aws-clients";
import type { LocalTarget } from "../../../packages/local-cloud/src/child-environment";
import { expectSuccess, script } from "../../support/command";
import { assumed, credentialVariables } from "../../support/credentials";
import type { E2eEnvironment } from "../../support/e2e-environment";
import { eventually } from "../../support/eventually";
import { devPrefix } from "../../support/names";
import { Queue } from "../../support/queue";

const UserName = "on-call";

/** The ARN of the user that `operators` of 10_core lists. */
export const operatorUser = ({ accountId }: LocalTarget) => `arn:aws:iam::${accountId}:user/${UserName}`;

/** Environment variables of an operator's commands: the operator role, assumed by the user that core lists. */
export async function operatorEnvironment({ account, local }: E2eEnvironment): Promise<NodeJS.ProcessEnv> {
  const { env, target } = local.cloud;
  const RoleArn = `arn:aws:iam::${target.accountId}:role/${devPrefix}-operator`;
  await account.iam.send(new CreateUserCommand({ UserName }));
  // AWS does not require it: the trust policy of a role in the same account names the user.
  const Statement = [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: RoleArn }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await account.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "operator", PolicyDocument }));
  const { AccessKey } = await account.iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
  const sts = new STSClient({ ...localClientConfig(target), credentials: { accessKeyId, secretAccessKey } });
  const role = assumed(await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: UserName })));
  return { ...env, ...credentialVariables(role) };
}

/**
 * Runs the commands that the operator role is for.
 * @param env of the commands
 */
export async function operate(e2e: E2eEnvironment, env: NodeJS.ProcessEnv): Promise<void> {
  const run = async (command: string, ...parameters: string[]) => {
    expectSuccess(await script(env, command, ...parameters, "--aws"));
  };
  const { account, local, service } = e2e;
  const { accountId, endpoint } = local.cloud.target;
  const events = new Queue(account.sqs, `${endpoint}/${accountId}/${devPrefix}-events-dlq`);
  const payload = { message: "operated" };
  const { id } = await service.api.create("echo", payload);
  await service.api.until(id, "succeeded", 60);

  await run("status", "dev");
  await run("versions", "dev");
  await run("alarms", "list", "dev");
  await run("schedules", "list", "dev");
  await run("logs", "dev", "--no-follow", "--since", "15m");
  await run("tasks", "list", "dev");
  await run("tasks", "get", "dev", id);

  await run("pause", "dev", "permissions are tested");
  await run("resume", "dev");

  const letter = encodeMessage({
    ...{ version: messageVersion, taskId: id, revision: 1, type: "echo", payload },
    requestId: "a-dead-letter",
  });
  await service.deadLetters.send(letter);
  await run("dlq", "dev", "list");
  await run("dlq", "dev", "peek");
  await eventually("the dead letter is visible again and moved", 60, async () => {
    const { exitCode } = await script(env, "dlq", "dev", "redrive", "--id", id, "--aws");
    return exitCode === 0 ? true : undefined;
  });
  const sweep: ProducerEvent = { kind: "sweep", time: new Date().toISOString() };
  await events.send(JSON.stringify(sweep));
  await run("dlq", "dev", "redrive", "--queue", "events");
  await run("rollback", "dev", "--reason", "permissions are tested");
}
