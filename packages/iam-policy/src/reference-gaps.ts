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

/** Global keys that no action lists, since requests have them whatever the action. */
export const globalKeys = ["aws:PrincipalArn", "aws:SecureTransport", "aws:SourceAccount", "aws:SourceArn"];

/** Operators that a request meets only by having the key. */
export const positiveOperators = ["StringEquals", "StringLike", "ArnEquals", "ArnLike", "Bool"];
