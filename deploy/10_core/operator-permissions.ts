import { routes } from "@serverless-tasks/functions/api/routes";
import { queues } from "@serverless-tasks/functions/service";
import { apiGatewayArn, globalArn, regionalArn } from "../shared/arn";
import { liveAlias } from "../shared/naming";
import { denyOtherRegions } from "../shared/other-regions";
import type { Statement } from "../shared/policy-document";
import { failOver, useKey } from "./operator-failover";
import type { OperatorScope } from "./operator-scope";

/** What the commands of operators call. */
export function operatorStatements(props: OperatorScope): Statement[] {
  const { awsContext, keyArn, backends, region, recoveryRegion } = props;
  return [
    ...readService(props),
    ...pauseAndRollBack(props),
    ...redrive(props),
    {
      // Without it `status` could not say when Terraform has written a state. It lists the bucket and reads no state.
      Sid: "ListStates",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: [...new Set(backends.map(({ bucket }) => globalArn(awsContext, "s3", bucket)))],
    },
    ...(keyArn === undefined ? [] : [useKey(keyArn, region)]),
    ...(recoveryRegion === undefined ? [] : failOver(props, recoveryRegion)),
    ...denyOtherRegions(region, recoveryRegion),
  ];
}

function readService({ awsContext, namePrefix }: OperatorScope): Statement[] {
  const arn = (service: string, resource: string) => regionalArn(awsContext, service, resource);
  return [
    {
      Sid: "ReadFunctions",
      Effect: "Allow",
      Action: [
        "lambda:GetAlias",
        "lambda:GetFunctionConfiguration",
        "lambda:ListAliases",
        "lambda:ListVersionsByFunction",
      ],
      Resource: arn("lambda", `function:${namePrefix}-*`),
    },
    {
      Sid: "ReadSources",
      Effect: "Allow",
      Action: ["events:ListRules", "lambda:ListEventSourceMappings"],
      Resource: "*",
    },
    {
      Sid: "ReadSourceTags",
      Effect: "Allow",
      Action: "lambda:ListTags",
      Resource: arn("lambda", "event-source-mapping:*"),
    },
    {
      Sid: "ReadQueues",
      Effect: "Allow",
      Action: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
      Resource: arn("sqs", `${namePrefix}-*`),
    },
    {
      Sid: "ReadAlarms",
      Effect: "Allow",
      Action: "cloudwatch:DescribeAlarms",
      Resource: arn("cloudwatch", `alarm:${namePrefix}-*`),
    },
    {
      Sid: "ReadLogs",
      Effect: "Allow",
      Action: "logs:FilterLogEvents",
      Resource: arn("logs", `log-group:/aws/lambda/${namePrefix}-*`),
    },
    {
      // The command line finds the API by its name.
      Sid: "FindApi",
      Effect: "Allow",
      Action: "apigateway:GET",
      Resource: apiGatewayArn(awsContext, "/apis"),
    },
    {
      Sid: "CallApi",
      Effect: "Allow",
      Action: "execute-api:Invoke",
      Resource: operatedRoutes.map(({ method, path }) =>
        arn("execute-api", `*/$default/${method.toUpperCase()}${path.replaceAll(/\{[^}]*\}/g, "*")}`),
      ),
    },
  ];
}

/** The routes of `npm run cli -- tasks`: all of tasks but those that create and delete one. */
const operatedRoutes = routes.filter(({ operationId }) =>
  ["listTasks", "getTask", "retryTask", "cancelTask"].includes(operationId),
);

function pauseAndRollBack({ awsContext, namePrefix }: OperatorScope): Statement[] {
  const functions = regionalArn(awsContext, "lambda", `function:${namePrefix}-*`);
  const mappings = regionalArn(awsContext, "lambda", "event-source-mapping:*");
  return [
    {
      Sid: "PauseMappings",
      Effect: "Allow",
      Action: "lambda:UpdateEventSourceMapping",
      Resource: mappings,
      Condition: { ArnLike: { "lambda:FunctionArn": functions } },
    },
    {
      // A request to tag a mapping has no `lambda:FunctionArn`.
      Sid: "TagMappings",
      Effect: "Allow",
      Action: ["lambda:TagResource", "lambda:UntagResource"],
      Resource: mappings,
    },
    {
      Sid: "PauseRules",
      Effect: "Allow",
      Action: [
        "events:DisableRule",
        "events:EnableRule",
        "events:ListTagsForResource",
        "events:TagResource",
        "events:UntagResource",
      ],
      Resource: regionalArn(awsContext, "events", `rule/${namePrefix}-*`),
    },
    {
      // To a version that exists: publishing one is part of a deployment.
      Sid: "RollBack",
      Effect: "Allow",
      Action: "lambda:UpdateAlias",
      Resource: functions,
    },
  ];
}

function redrive({ awsContext, namePrefix }: OperatorScope): Statement[] {
  const sqs = (name: string) => regionalArn(awsContext, "sqs", `${namePrefix}-${name}`);
  return [
    {
      Sid: "HandleDeadLetters",
      Effect: "Allow",
      Action: [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:ListMessageMoveTasks",
        "sqs:ReceiveMessage",
        "sqs:StartMessageMoveTask",
      ],
      Resource: sqs("*-dlq"),
    },
    {
      Sid: "RedriveMessages",
      Effect: "Allow",
      Action: "sqs:SendMessage",
      Resource: Object.values(queues).map(({ name }) => sqs(name)),
    },
    {
      // The reason of a dead letter is on its task.
      Sid: "ReadReasons",
      Effect: "Allow",
      Action: "dynamodb:GetItem",
      Resource: regionalArn(awsContext, "dynamodb", `table/${namePrefix}-tasks`),
    },
    {
      Sid: "RedriveEvents",
      Effect: "Allow",
      Action: "lambda:InvokeFunction",
      Resource: regionalArn(awsContext, "lambda", `function:${namePrefix}-producer:${liveAlias}`),
    },
  ];
}
