import type { Statement } from "../shared/policy-document";

/** How the emulator checks permission for an action where it differs from AWS. */
interface EmulatorAction {
  /** The action that it checks instead. */
  readonly action?: string;
  /** An action that it checks in addition. */
  readonly also?: string;
  /** The resource that it checks instead. */
  readonly resource?: (resource: string) => string;
}

const anyResource = () => "*";
const defaultBus = (resource: string) => resource.replace(/:rule\/.*/, ":event-bus/default");
const unqualified = (resource: string) => resource.replace(/(:function:[^:]+):[^:]+$/, "$1");
const ruleOfDefaultBus = (resource: string) => resource.replace(":rule/", ":rule/default/");

/** Observed on MiniStack 1.5.33. `npm run prove:iam` fails on an entry that is not needed. */
const emulatorActions: Readonly<Record<string, EmulatorAction>> = {
  "cloudwatch:DeleteAlarms": { resource: anyResource },
  "cloudwatch:DeleteDashboards": { resource: anyResource },
  "cloudwatch:DescribeAlarms": { resource: anyResource },
  "cloudwatch:GetDashboard": { resource: anyResource },
  "cloudwatch:ListTagsForResource": { resource: anyResource },
  "cloudwatch:PutDashboard": { resource: anyResource },
  "cloudwatch:TagResource": { resource: anyResource },
  "cloudwatch:UntagResource": { resource: anyResource },
  "dynamodb:ListTagsOfResource": { resource: anyResource },
  "dynamodb:TagResource": { resource: anyResource },
  "dynamodb:UntagResource": { resource: anyResource },
  "events:DeleteRule": { resource: ruleOfDefaultBus },
  "events:DescribeRule": { resource: ruleOfDefaultBus },
  "events:DisableRule": { resource: ruleOfDefaultBus },
  "events:EnableRule": { resource: ruleOfDefaultBus },
  "events:ListTagsForResource": { resource: anyResource },
  "events:ListTargetsByRule": { resource: defaultBus },
  "events:PutRule": { resource: ruleOfDefaultBus },
  "events:PutTargets": { resource: defaultBus },
  "events:RemoveTargets": { resource: defaultBus },
  "events:TagResource": { resource: anyResource },
  "events:UntagResource": { resource: anyResource },
  "iam:GetOpenIDConnectProvider": { resource: anyResource },
  "kms:CreateAlias": { resource: anyResource },
  "kms:DeleteAlias": { resource: anyResource },
  "lambda:CreateFunction": { resource: anyResource },
  "lambda:DeleteAlias": { action: "lambda:ListAliases" },
  "lambda:DeleteFunctionConcurrency": { action: "lambda:PutFunctionConcurrency" },
  "lambda:DeleteFunctionEventInvokeConfig": { action: "lambda:DeleteFunction" },
  "lambda:GetAlias": { action: "lambda:ListAliases" },
  "lambda:GetEventSourceMapping": { action: "lambda:ListEventSourceMappings" },
  "lambda:GetFunctionEventInvokeConfig": { action: "lambda:GetFunction" },
  "lambda:GetLayerVersion": { action: "lambda:ListLayers" },
  "lambda:InvokeFunction": { resource: unqualified },
  "lambda:PutFunctionEventInvokeConfig": { action: "lambda:UpdateFunctionCode" },
  "lambda:UpdateAlias": { action: "lambda:ListAliases" },
  "sns:GetSubscriptionAttributes": { resource: anyResource },
  "sns:ListTagsForResource": { resource: anyResource },
  "sns:TagResource": { resource: anyResource },
  "sns:Unsubscribe": { resource: anyResource },
  "sns:UntagResource": { resource: anyResource },
  // On AWS these cover batches: IAM has no actions for them.
  "sqs:ChangeMessageVisibility": { also: "sqs:ChangeMessageVisibilityBatch" },
  "sqs:SendMessage": { also: "sqs:SendMessageBatch" },
};

/** The action for which the emulator checks permission when AWS checks this one. */
export const emulatorAction = (action: string): string => emulatorActions[action]?.action ?? action;

/** The actions for which the emulator may check permission when AWS checks this one. */
export function checkedActions(action: string): readonly string[] {
  const also = emulatorActions[action]?.also;
  return [emulatorAction(action), ...(also === undefined ? [] : [also])];
}

const list = (value: string | readonly string[] = []): readonly string[] =>
  typeof value === "string" ? [value] : value;

/** Statements that grant, under the emulator's names, the actions that a statement allows. */
export const emulatorVariants = (statement: Statement): Statement[] =>
  list(statement.Action).flatMap((action, index) => {
    const variant = emulatorActions[action];
    if (variant === undefined) return [];
    const resources = list(statement.Resource);
    const Resource =
      variant.resource === undefined ? resources : [...new Set(resources.map(variant.resource))];
    return [
      {
        ...statement,
        Sid: `${statement.Sid}Emulated${index}`,
        Action: variant.action ?? variant.also ?? action,
        Resource,
      },
    ];
  });
