import type { Priced } from "./prices";

/** Every type of resource that the stacks make: what it is paid by, or why it costs nothing itself. */
export const resourceCosts: Readonly<Record<string, readonly Priced[] | string>> = {
  aws_apigatewayv2_api: ["apiRequests"],
  aws_apigatewayv2_authorizer: "part of the API",
  aws_apigatewayv2_integration: "part of the API",
  aws_apigatewayv2_route: "part of the API",
  aws_apigatewayv2_stage: "part of the API",
  aws_cloudwatch_event_rule: "rules on the default bus that fire by the clock are free",
  aws_cloudwatch_event_target: "part of the rule",
  aws_cloudwatch_log_group: ["logIngestion", "logStorage"],
  aws_dynamodb_table: ["tableWrites", "tableReads", "tableStorage", "tableRecovery"],
  aws_iam_openid_connect_provider: "IAM is free",
  aws_iam_policy: "IAM is free",
  aws_iam_role: "IAM is free",
  aws_iam_role_policy: "IAM is free",
  aws_iam_role_policy_attachment: "IAM is free",
  aws_kms_alias: "part of the key",
  aws_kms_key: ["keys", "keyRequests"],
  aws_lambda_alias: "part of the function",
  aws_lambda_event_source_mapping: ["queueRequests"],
  aws_lambda_function: ["lambdaRequests", "lambdaGigabyteSeconds", "traces"],
  aws_lambda_function_event_invoke_config: "part of the function",
  aws_lambda_layer_version: "Lambda keeps 75 GB for nothing",
  aws_lambda_permission: "part of the function",
  aws_secretsmanager_secret: ["secrets", "secretReads"],
  aws_sqs_queue: ["queueRequests"],
};
