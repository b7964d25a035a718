/**
 * The environment variables that Lambda sets, except those of the runtime:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 * @param logLevel the `application_log_level` of the function's logging configuration, whose format is JSON
 */
export const lambdaVariables = (
  functionName: string,
  memoryMegabytes: number,
  region: string,
  logLevel: string,
): Record<string, string> => ({
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  AWS_SESSION_TOKEN: "session",
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_LAMBDA_FUNCTION_NAME: functionName,
  AWS_LAMBDA_FUNCTION_VERSION: "1",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
  AWS_LAMBDA_LOG_STREAM_NAME: "2026/01/01/[1]0123456789abcdef0123456789abcdef",
  AWS_LAMBDA_LOG_FORMAT: "JSON",
  AWS_LAMBDA_LOG_LEVEL: logLevel,
  LANG: "en_US.UTF-8",
  TZ: ":UTC",
});
