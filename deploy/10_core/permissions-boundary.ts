import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { database, masterSecretName } from "../20_infra/store/database-names";
import { regionalArn, type AwsContext } from "../shared/arn";
import { bucketArns } from "../shared/declared-arns";
import { findFlowLogsAction, flowLogsName, writeFlowLogsActions } from "../shared/flow-logs";
import {
  changeInterfaceActions,
  createInterfaceAction,
  describeNetworkActions,
} from "../shared/network-interfaces";
import { policyDocument, type Statement } from "../shared/policy-document";

export interface PermissionsBoundaryProps {
  readonly awsContext: AwsContext;
  readonly namePrefix: string;
  /** What its name ends with: `globalSuffix` of the environment. */
  readonly suffix: string;
  readonly keyArn: string | undefined;
  /** Whether the environment has a network, in which Lambda creates the functions' network interfaces. */
  readonly hasNetwork: boolean;
  /** Whether functions use a PostgreSQL database. */
  readonly hasDatabase: boolean;
}

/**
 * The maximum permissions of every function of the environment: reading and writing its own environment's data.
 * A boundary grants nothing: a role may do what both the boundary and its policies allow.
 */
export class PermissionsBoundary extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PermissionsBoundaryProps) {
    super(scope, id);
    this.arn = new IamPolicy(this, "Resource", {
      name: boundaryName(props),
      description: "Permissions boundary of the Lambda execution roles",
      policy: policyDocument(boundaryStatements(props)),
    }).arn;
  }
}

export const boundaryName = ({
  namePrefix,
  suffix,
}: Pick<PermissionsBoundaryProps, "namePrefix" | "suffix">) => `${namePrefix}-boundary${suffix}`;

/** The statements of the boundary. */
export const boundaryStatements = ({
  awsContext,
  namePrefix,
  keyArn,
  hasNetwork,
  hasDatabase,
}: Omit<PermissionsBoundaryProps, "suffix">): Statement[] => [
  {
    Sid: "Messages",
    Effect: "Allow",
    Action: [
      "sqs:SendMessage",
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:ChangeMessageVisibility",
      "sqs:GetQueueAttributes",
    ],
    Resource: regionalArn(awsContext, "sqs", `${namePrefix}-*`),
  },
  {
    Sid: "Tables",
    Effect: "Allow",
    Action: [
      "dynamodb:GetItem",
      "dynamodb:BatchGetItem",
      "dynamodb:Query",
      "dynamodb:PutItem",
      "dynamodb:UpdateItem",
      "dynamodb:DeleteItem",
      "dynamodb:ConditionCheckItem",
    ],
    Resource: regionalArn(awsContext, "dynamodb", `table/${namePrefix}-*`),
  },
  {
    Sid: "Secrets",
    Effect: "Allow",
    Action: ["secretsmanager:GetSecretValue"],
    Resource: regionalArn(awsContext, "secretsmanager", `secret:${namePrefix}-*`),
  },
  {
    Sid: "Logs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: regionalArn(awsContext, "logs", `log-group:/aws/lambda/${namePrefix}-*`),
  },
  {
    Sid: "Traces",
    Effect: "Allow",
    Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    Resource: "*",
  },
  ...buckets(bucketArns(awsContext, namePrefix)),
  ...(keyArn === undefined ? [] : [useKey(keyArn)]),
  ...(hasNetwork ? inNetwork(awsContext, namePrefix) : []),
  ...(hasDatabase ? withDatabase(awsContext) : []),
];

/** The log group of enhanced monitoring, as the policy of AWS names it. */
const monitoringLogs = "log-group:RDS*";

/** The database's id is generated; its users are those of the environment's own database. */
const withDatabase = (awsContext: AwsContext): Statement[] => [
  {
    Sid: "Database",
    Effect: "Allow",
    Action: "rds-db:connect",
    Resource: regionalArn(awsContext, "rds-db", `dbuser:*/${database.role}`),
  },
  {
    Sid: "MasterSecret",
    Effect: "Allow",
    Action: "secretsmanager:GetSecretValue",
    Resource: regionalArn(awsContext, "secretsmanager", `secret:${masterSecretName}`),
  },
  {
    Sid: "DatabaseMonitoring",
    Effect: "Allow",
    Action: [
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:DescribeLogStreams",
      "logs:GetLogEvents",
      "logs:PutLogEvents",
      "logs:PutRetentionPolicy",
    ],
    Resource: regionalArn(awsContext, "logs", monitoringLogs),
  },
];

/** The network interfaces of functions, whose ids AWS generates, and the role that writes the flow logs. */
const inNetwork = (awsContext: AwsContext, namePrefix: string): Statement[] => [
  {
    Sid: "NetworkInterfaces",
    Effect: "Allow",
    Action: [createInterfaceAction, ...changeInterfaceActions],
    Resource: regionalArn(awsContext, "ec2", "*/*"),
  },
  { Sid: "DescribeNetwork", Effect: "Allow", Action: describeNetworkActions, Resource: "*" },
  {
    Sid: "FlowLogs",
    Effect: "Allow",
    Action: writeFlowLogsActions,
    Resource: regionalArn(awsContext, "logs", `log-group:/aws/vendedlogs/${namePrefix}-${flowLogsName}:*`),
  },
  { Sid: "FindFlowLogs", Effect: "Allow", Action: findFlowLogsAction, Resource: "*" },
];

const buckets = (arns: readonly string[]): Statement[] =>
  arns.length === 0
    ? []
    : [
        { Sid: "Buckets", Effect: "Allow", Action: "s3:ListBucket", Resource: arns },
        {
          Sid: "Objects",
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
          Resource: arns.map((arn) => `${arn}/*`),
        },
      ];

const useKey = (keyArn: string): Statement => ({
  Sid: "Key",
  Effect: "Allow",
  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
  Resource: keyArn,
});

/** The actions of statements that the boundary does not allow. A function's role could not use them. */
export function outsideBoundary(statements: readonly Statement[]): string[] {
  const anywhere = { partition: "", region: "", account_id: "" };
  const allowed = boundaryStatements({
    awsContext: anywhere,
    namePrefix: "",
    keyArn: "",
    hasNetwork: false,
    hasDatabase: true,
  });
  const actions = new Set(allowed.flatMap(({ Action }) => Action));
  return statements.flatMap(({ Action }) => Action).filter((action) => !actions.has(action));
}
