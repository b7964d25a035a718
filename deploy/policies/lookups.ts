import { statementsOf } from "../testing/synthesize";
import type { ResolvedEnvironment, Resource } from "./resolved-environment";

export const distributions = (environment: ResolvedEnvironment) =>
  environment.all("aws_cloudfront_distribution");

/** The functions that an HTTP API may invoke. */
export const apiFunctions = (environment: ResolvedEnvironment) =>
  environment.all("aws_lambda_permission").flatMap(({ attributes: { principal, function_name } }) => {
    const called = environment.referred(function_name, "aws_lambda_function");
    return principal === "apigateway.amazonaws.com" && called !== undefined ? [called] : [];
  });

/** The statements of a function's role. */
export function roleStatements(environment: ResolvedEnvironment, called: Resource) {
  const role = environment.referred(called.attributes.role, "aws_iam_role");
  return environment
    .all("aws_iam_role_policy")
    .filter(({ attributes }) => environment.referred(attributes.role, "aws_iam_role") === role)
    .flatMap(({ attributes }) => statementsOf(attributes.policy));
}
