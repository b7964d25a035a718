import { ApiGatewayV2Client, GetApisCommand } from "@aws-sdk/client-apigatewayv2";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { IAMClient, ListPoliciesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  ListLayersCommand,
} from "@aws-sdk/client-lambda";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { localClientConfig } from "../../packages/local-cloud/src/aws-clients";
import type { LocalTarget } from "../../packages/local-cloud/src/child-environment";
import type { TemporaryCredentials } from "./credentials";

/**
 * AWS clients for an account of the emulator.
 * @param credentials of the caller; the account's root if there are none
 */
export function accountClients(target: LocalTarget, credentials?: TemporaryCredentials) {
  const config = { ...localClientConfig(target), ...(credentials !== undefined && { credentials }) };
  return {
    cloudwatch: new CloudWatchClient(config),
    api: new ApiGatewayV2Client(config),
    dynamodb: new DynamoDBClient(config),
    events: new EventBridgeClient(config),
    iam: new IAMClient(config),
    lambda: new LambdaClient(config),
    logs: new CloudWatchLogsClient(config),
    secrets: new SecretsManagerClient(config),
    sns: new SNSClient(config),
    sqs: new SQSClient(config),
  };
}
export type AccountClients = ReturnType<typeof accountClients>;

/** Names of all resources of the kinds that the three layers create, listed by the services. */
export async function resourcesIn(account: AccountClients) {
  const { api, cloudwatch, dynamodb, events, iam, lambda, logs, secrets, sns, sqs } = account;
  const [
    apis,
    tables,
    rules,
    roles,
    policies,
    functions,
    layers,
    mappings,
    groups,
    secretList,
    queues,
    alarms,
    topics,
  ] = await Promise.all([
    api.send(new GetApisCommand()),
    dynamodb.send(new ListTablesCommand()),
    events.send(new ListRulesCommand()),
    iam.send(new ListRolesCommand()),
    iam.send(new ListPoliciesCommand({ Scope: "Local" })),
    lambda.send(new ListFunctionsCommand()),
    lambda.send(new ListLayersCommand()),
    lambda.send(new ListEventSourceMappingsCommand()),
    logs.send(new DescribeLogGroupsCommand()),
    secrets.send(new ListSecretsCommand()),
    sqs.send(new ListQueuesCommand()),
    cloudwatch.send(new DescribeAlarmsCommand({ AlarmTypes: ["MetricAlarm", "CompositeAlarm"] })),
    sns.send(new ListTopicsCommand()),
  ]);
  const names = {
    apis: apis.Items?.map(({ Name }) => Name),
    // The lock table belongs to the account, not to a layer.
    tables: tables.TableNames?.filter((name) => !name.endsWith("-tflock")),
    rules: rules.Rules?.map(({ Name }) => Name),
    roles: roles.Roles?.map(({ RoleName }) => RoleName),
    policies: policies.Policies?.map(({ PolicyName }) => PolicyName),
    functions: functions.Functions?.map(({ FunctionName }) => FunctionName),
    layers: layers.Layers?.map(({ LayerName }) => LayerName),
    mappings: mappings.EventSourceMappings?.map(({ UUID }) => UUID),
    groups: groups.logGroups?.map(({ logGroupName }) => logGroupName),
    secrets: secretList.SecretList?.map(({ Name }) => Name),
    queues: queues.QueueUrls,
    alarms: [...(alarms.MetricAlarms ?? []), ...(alarms.CompositeAlarms ?? [])].map(
      ({ AlarmName }) => AlarmName,
    ),
    topics: topics.Topics?.map(({ TopicArn }) => TopicArn),
  };
  return Object.entries(names).flatMap(([kind, list = []]) => list.map((name) => `${kind}: ${name ?? ""}`));
}
