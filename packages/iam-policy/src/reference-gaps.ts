/** IAM actions that AWS's Service Authorization Reference lacks, each with its source. */
export const unlistedActions: Readonly<Record<string, string>> = {
  "apigateway:TagResource":
    "in error messages for HTTP APIs and stages that are created with tags, https://github.com/hashicorp/terraform-provider-aws/issues/20634",
  "apigateway:UntagResource": "see apigateway:TagResource",
};

/** Services whose actions lack resource types in the data; all types of the service are used for each action. */
export const incompleteResources: Readonly<Record<string, string>> = {
  apigateway:
    "two pages of the reference, for REST and for HTTP APIs, share the prefix; the data has the verbs of the first",
};

/** Keys that the data lacks: it has these two claims for any provider, but not for GitHub. */
export const unlistedKeys = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
  "token.actions.githubusercontent.com:aud",
  "token.actions.githubusercontent.com:sub",
];

/** Global condition keys, which no action lists. */
export const globalKeys = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:SecureTransport",
  "aws:SourceAccount",
  "aws:SourceArn",
  // https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
  "lambda:SourceFunctionArn",
];

/** Operators that are met by a request without the key: for keys that every request has. */
export const setOperators = ["ForAllValues:StringLike"];

/** Operators that are not met by a request without the key. */
export const positiveOperators = ["StringEquals", "StringLike", "ArnEquals", "ArnLike", "Bool"];
