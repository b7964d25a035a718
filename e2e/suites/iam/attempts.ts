import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { PutRuleCommand } from "@aws-sdk/client-eventbridge";
import {
  AttachRolePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { InvokeCommand, UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import {
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
} from "@aws-sdk/client-secrets-manager";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { tableSchema } from "@serverless-tasks/functions/shared/aws/dynamodb/table-schema";
import { localClientConfig, stateClients } from "../../../packages/local-cloud/src/aws-clients";
import type { LocalTarget } from "../../../packages/local-cloud/src/child-environment";
import { accountClients } from "../../support/account";
import type { TemporaryCredentials } from "../../support/credentials";
import { added } from "./declared-grants";

/** Resources of an environment that attempts are made on. */
export interface AttemptedResources {
  /** `<project>-<environment>` */
  readonly prefix: string;
  readonly secretArn: string;
  readonly stateBucket: string;
  readonly lockTable: string;
  /** The name in the account of a bucket of functions/service.ts. */
  readonly bucketOf: (name: string) => string;
}

/** One call on one resource: `sqs:PurgeQueue <prefix>-tasks`. */
export interface Attempt {
  readonly name: string;
  readonly action: string;
  readonly send: (clients: Clients) => Promise<unknown>;
}

export const clientsOf = (target: LocalTarget, credentials: TemporaryCredentials) => ({
  ...accountClients(target, credentials),
  s3: stateClients({ ...localClientConfig(target), credentials }).s3,
});
type Clients = ReturnType<typeof clientsOf>;

/** Calls that an attacker with stolen credentials of a role could try. IAM denies them also if there is no resource. */
export function attemptsOn(resources: AttemptedResources, { accountId, endpoint }: LocalTarget): Attempt[] {
  const { prefix, secretArn, stateBucket, lockTable, bucketOf } = resources;
  const iamArn = (name: string) => `arn:aws:iam::${accountId}:${name}`;
  const on = (resource: string, calls: Readonly<Record<string, Attempt["send"]>>): Attempt[] =>
    Object.entries(calls).map(([action, send]) => ({ name: `${action} ${resource}`, action, send }));

  const queue = (name: string) => {
    const queue = { QueueUrl: `${endpoint}/${accountId}/${name}` };
    const received = { ...queue, ReceiptHandle: "none" };
    return on(name, {
      "sqs:ChangeMessageVisibility": ({ sqs }) =>
        sqs.send(new ChangeMessageVisibilityCommand({ ...received, VisibilityTimeout: 0 })),
      "sqs:DeleteMessage": ({ sqs }) => sqs.send(new DeleteMessageCommand(received)),
      "sqs:DeleteQueue": ({ sqs }) => sqs.send(new DeleteQueueCommand(queue)),
      "sqs:GetQueueAttributes": ({ sqs }) => sqs.send(new GetQueueAttributesCommand(queue)),
      "sqs:PurgeQueue": ({ sqs }) => sqs.send(new PurgeQueueCommand(queue)),
      "sqs:ReceiveMessage": ({ sqs }) => sqs.send(new ReceiveMessageCommand(queue)),
      "sqs:SendMessage": ({ sqs }) => sqs.send(new SendMessageCommand({ ...queue, MessageBody: "{}" })),
    });
  };
  const table = (TableName: string, indexes: readonly { readonly name: string }[] = []) => {
    const Item = { pk: { S: "none" } };
    const item = { TableName, Key: Item };
    const query = { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: "none" } } };
    return [
      ...on(TableName, {
        "dynamodb:BatchGetItem": ({ dynamodb }) =>
          dynamodb.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Item] } } })),
        "dynamodb:DeleteItem": ({ dynamodb }) => dynamodb.send(new DeleteItemCommand(item)),
        "dynamodb:DeleteTable": ({ dynamodb }) => dynamodb.send(new DeleteTableCommand({ TableName })),
        "dynamodb:GetItem": ({ dynamodb }) => dynamodb.send(new GetItemCommand(item)),
        "dynamodb:PutItem": ({ dynamodb }) => dynamodb.send(new PutItemCommand({ TableName, Item })),
        "dynamodb:Query": ({ dynamodb }) => dynamodb.send(new QueryCommand({ TableName, ...query })),
        "dynamodb:Scan": ({ dynamodb }) => dynamodb.send(new ScanCommand({ TableName })),
        "dynamodb:UpdateItem": ({ dynamodb }) => dynamodb.send(new UpdateItemCommand(item)),
      }),
      ...indexes.flatMap(({ name: IndexName }) =>
        on(`${TableName}/${IndexName}`, {
          "dynamodb:Query": ({ dynamodb }) =>
            dynamodb.send(new QueryCommand({ TableName, IndexName, ...query })),
          "dynamodb:Scan": ({ dynamodb }) => dynamodb.send(new ScanCommand({ TableName, IndexName })),
        }),
      ),
    ];
  };
  const role = (name: string) => {
    const role = { RoleName: name };
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    return on(name, {
      "iam:AttachRolePolicy": ({ iam }) =>
        iam.send(new AttachRolePolicyCommand({ ...role, PolicyArn: iamArn(`policy/${prefix}-tracing`) })),
      "iam:PutRolePolicy": ({ iam }) =>
        iam.send(new PutRolePolicyCommand({ ...role, PolicyName: "function", PolicyDocument: policy })),
      "iam:UpdateAssumeRolePolicy": ({ iam }) =>
        iam.send(new UpdateAssumeRolePolicyCommand({ ...role, PolicyDocument: policy })),
    });
  };
  const lambda = (FunctionName: string) =>
    on(FunctionName, {
      "lambda:InvokeFunction": ({ lambda }) => lambda.send(new InvokeCommand({ FunctionName })),
      "lambda:UpdateFunctionCode": ({ lambda }) =>
        lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: Buffer.from("none") })),
    });

  const bucket = (Bucket: string) => {
    const object = { Bucket, Key: "none" };
    return on(Bucket, {
      "s3:DeleteObject": ({ s3 }) => s3.send(new DeleteObjectCommand(object)),
      "s3:GetObject": ({ s3 }) => s3.send(new GetObjectCommand(object)),
      "s3:ListBucket": ({ s3 }) => s3.send(new ListObjectsV2Command({ Bucket })),
      "s3:PutObject": ({ s3 }) => s3.send(new PutObjectCommand({ ...object, Body: "{}" })),
    });
  };

  const state = { Bucket: stateBucket, Key: "10_core/terraform.tfstate" };
  const secret = { SecretId: secretArn };
  return [
    ...queue(`${prefix}-tasks`),
    ...queue(`${prefix}-tasks-dlq`),
    ...table(`${prefix}-tasks`, Object.values(tableSchema.indexes)),
    ...table(lockTable),
    ...added.queues.flatMap((name) => queue(`${prefix}-${name}`)),
    ...added.tables.flatMap((name) => table(`${prefix}-${name}`)),
    ...added.buckets.flatMap((name) => bucket(bucketOf(name))),
    ...on(`${prefix}-signing-key`, {
      "secretsmanager:DeleteSecret": ({ secrets }) => secrets.send(new DeleteSecretCommand(secret)),
      "secretsmanager:GetSecretValue": ({ secrets }) => secrets.send(new GetSecretValueCommand(secret)),
      "secretsmanager:PutSecretValue": ({ secrets }) =>
        secrets.send(new PutSecretValueCommand({ ...secret, SecretString: "forged" })),
    }),
    ...on(`${stateBucket}/${state.Key}`, {
      "s3:DeleteObject": ({ s3 }) => s3.send(new DeleteObjectCommand(state)),
      "s3:GetObject": ({ s3 }) => s3.send(new GetObjectCommand(state)),
      "s3:PutObject": ({ s3 }) => s3.send(new PutObjectCommand({ ...state, Body: "{}" })),
    }),
    ...lambda(`${prefix}-worker`),
    ...role(`${prefix}-worker`),
    ...role(`${prefix}-deploy`),
    ...on(`${prefix}-boundary`, {
      "iam:CreatePolicyVersion": ({ iam }) =>
        iam.send(
          new CreatePolicyVersionCommand({
            PolicyArn: iamArn(`policy/${prefix}-boundary`),
            PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
            SetAsDefault: true,
          }),
        ),
    }),
    ...on(`${prefix}-intruder`, {
      "iam:CreateUser": ({ iam }) => iam.send(new CreateUserCommand({ UserName: `${prefix}-intruder` })),
    }),
    ...on(`/aws/lambda/${prefix}-worker`, {
      "logs:FilterLogEvents": ({ logs }) =>
        logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${prefix}-worker` })),
    }),
    ...on(`${prefix}-sweep`, {
      "events:PutRule": ({ events }) =>
        events.send(new PutRuleCommand({ Name: `${prefix}-sweep`, ScheduleExpression: "rate(1 day)" })),
    }),
  ];
}
