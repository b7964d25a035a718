import type { Statement } from "../shared/policy-document";

/** How the emulator asks permission for an action, where it does not ask as AWS does. */
interface Asked {
  readonly action?: string;
  /** What it asks for beside the action itself. */
  readonly also?: string;
  readonly resource?: (resource: string) => string;
}

const anything = () => "*";
const defaultBus = (resource: string) => resource.replace(/:rule\/.*/, ":event-bus/default");
const ruleOfDefaultBus = (resource: string) => resource.replace(":rule/", ":rule/default/");

/** Seen on MiniStack 1.5.33; `npm run prove:iam` fails on a line that is not needed. */
const askedByEmulator: Readonly<Record<string, Asked>> = {
  "dynamodb:ListTagsOfResource": { resource: anything },
  "dynamodb:TagResource": { resource: anything },
  "dynamodb:UntagResource": { resource: anything },
  "events:DeleteRule": { resource: ruleOfDefaultBus },
  "events:DescribeRule": { resource: ruleOfDefaultBus },
  "events:ListTagsForResource": { resource: anything },
  "events:ListTargetsByRule": { resource: defaultBus },
  "events:PutRule": { resource: ruleOfDefaultBus },
  "events:PutTargets": { resource: defaultBus },
  "events:RemoveTargets": { resource: defaultBus },
  "events:TagResource": { resource: anything },
  "events:UntagResource": { resource: anything },
  "iam:GetOpenIDConnectProvider": { resource: anything },
  "kms:CreateAlias": { resource: anything },
  "kms:DeleteAlias": { resource: anything },
  "lambda:CreateFunction": { resource: anything },
  "lambda:DeleteAlias": { action: "lambda:ListAliases" },
  "lambda:DeleteFunctionConcurrency": { action: "lambda:PutFunctionConcurrency" },
  "lambda:DeleteFunctionEventInvokeConfig": { action: "lambda:DeleteFunction" },
  "lambda:GetAlias": { action: "lambda:ListAliases" },
  "lambda:GetEventSourceMapping": { action: "lambda:ListEventSourceMappings" },
  "lambda:GetFunctionEventInvokeConfig": { action: "lambda:GetFunction" },
  "lambda:GetLayerVersion": { action: "lambda:ListLayers" },
  "lambda:PutFunctionEventInvokeConfig": { action: "lambda:UpdateFunctionCode" },
  "lambda:UpdateAlias": { action: "lambda:ListAliases" },
  // Of which batches are a part on AWS: IAM knows no other action.
  "sqs:SendMessage": { also: "sqs:SendMessageBatch" },
};

/** The action that the emulator asks for when AWS would ask for this one. */
export const askedAs = (action: string): string => askedByEmulator[action]?.action ?? action;

/** Condition keys that the emulator never sets: a condition on one can never be met there. */
const unknownToEmulator = /^(iam|lambda):|^token\.actions\.githubusercontent\.com:(?!(aud|sub)$)/;

const list = (value: string | readonly string[] = []): readonly string[] =>
  typeof value === "string" ? [value] : value;

/**
 * A policy's statements as the emulator can enforce them: a permission is also given in the words in which the
 * emulator asks for it, and without the conditions that it knows nothing of. AWS gets the statements as they are.
 */
export const asEmulatorAsks = (statements: readonly Statement[]): Statement[] =>
  statements.flatMap((statement) => {
    const known = withKnownConditions(statement);
    if (statement.Effect === "Deny") return known.Condition === statement.Condition ? [statement] : [];
    return [known, ...inItsWords(known)];
  });

function withKnownConditions(statement: Statement): Statement {
  const { Condition, ...rest } = statement;
  if (Condition === undefined) return statement;
  const known = Object.entries(Condition).flatMap(([operator, values]) => {
    const kept = Object.entries(values).filter(([key]) => !unknownToEmulator.test(key));
    return kept.length > 0 ? [[operator, Object.fromEntries(kept)] as const] : [];
  });
  const isUnchanged = JSON.stringify(Object.fromEntries(known)) === JSON.stringify(Condition);
  if (isUnchanged) return statement;
  return known.length > 0 ? { ...rest, Condition: Object.fromEntries(known) } : rest;
}

const inItsWords = (statement: Statement): Statement[] =>
  list(statement.Action).flatMap((action, at) => {
    const asked = askedByEmulator[action];
    if (asked === undefined) return [];
    const resources = list(statement.Resource);
    const Resource = asked.resource === undefined ? resources : [...new Set(resources.map(asked.resource))];
    return [
      {
        ...statement,
        Sid: `${statement.Sid}Emulated${at}`,
        Action: asked.action ?? asked.also ?? action,
        Resource,
      },
    ];
  });
