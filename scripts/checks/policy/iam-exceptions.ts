/** Actions that IAM knows and AWS's Service Authorization Reference does not, each with how that is known. */
export const unlistedActions: Readonly<Record<string, string>> = {
  "apigateway:TagResource":
    "in error messages for HTTP APIs and stages that are created with tags, https://github.com/hashicorp/terraform-provider-aws/issues/20634",
  "apigateway:UntagResource": "as apigateway:TagResource",
};

/** Services whose actions the data gives too few resource types; all types of the service count for each action. */
export const incompleteResources: Readonly<Record<string, string>> = {
  apigateway:
    "two pages of the reference, for REST and for HTTP APIs, share the prefix; the data has the verbs of the first",
};

/** Keys that the data lacks: it knows GitHub's other claims, and these two as those of any provider. */
export const unlistedKeys = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
  "token.actions.githubusercontent.com:aud",
  "token.actions.githubusercontent.com:sub",
];

/** When a request has a condition key. */
interface Presence {
  /** Each request has it: a Deny that depends on it cannot be passed by leaving it out. */
  readonly always: boolean;
  readonly why: string;
  /** Requests that do not have it although the reference says so: the service that makes them, and the actions. */
  readonly missingFrom?: readonly {
    readonly service: string;
    readonly actions: RegExp;
    readonly why: string;
  }[];
}

const sentForService: Presence = {
  always: false,
  why: "services send it with requests that they make for a resource",
  missingFrom: [
    {
      service: "events.amazonaws.com",
      actions: /^kms:/,
      why: "EventBridge sends it to an encrypted queue or topic, which does not send it on to KMS, https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html",
    },
  ],
};

const claim: Presence = {
  always: false,
  why: "GitHub gives each token the claim; a token without it is not trusted",
};

/** Every condition key that a policy may use. A condition on a key that the request lacks is not met. */
export const conditionKeys: Readonly<Record<string, Presence>> = {
  "aws:PrincipalArn": { always: true, why: "each signed request has a principal" },
  "aws:ResourceTag/Environment": { always: false, why: "what is not tagged so is another environment's" },
  "aws:ResourceTag/Project": { always: false, why: "as aws:ResourceTag/Environment" },
  "aws:SecureTransport": { always: true, why: "a request uses TLS or not" },
  "aws:SourceAccount": sentForService,
  "aws:SourceArn": sentForService,
  "iam:PassedToService": { always: false, why: "what a role is passed to that has no name needs no role" },
  "iam:PermissionsBoundary": { always: false, why: "a role without a boundary is not to be changed" },
  "kms:EncryptionContext:aws:logs:arn": { always: false, why: "CloudWatch Logs sends the log group's ARN" },
  "kms:EncryptionContext:aws:sqs:arn": { always: false, why: "SQS sends the queue's ARN" },
  "kms:ViaService": { always: false, why: "direct calls of KMS are refused" },
  "lambda:FunctionArn": { always: false, why: "a request about a mapping has the function of the mapping" },
  "token.actions.githubusercontent.com:aud": claim,
  "token.actions.githubusercontent.com:environment": claim,
  "token.actions.githubusercontent.com:job_workflow_ref": claim,
  "token.actions.githubusercontent.com:repository_id": claim,
  "token.actions.githubusercontent.com:sub": claim,
};

/** Global keys that no action lists, since requests have them whatever the action. */
export const globalKeys = ["aws:PrincipalArn", "aws:SecureTransport", "aws:SourceAccount", "aws:SourceArn"];

/** Operators that a request meets only by having the key. */
export const positiveOperators = ["StringEquals", "StringLike", "ArnEquals", "ArnLike", "Bool"];
