import { liveAlias } from "../shared/naming";
import { at, numberAt, strings } from "./attributes";
import { apiFunctions } from "./lookups";
import type { ResolvedEnvironment, Resource } from "./resolved-environment";
import { unless, type Rule } from "./rule";

/** HTTP APIs respond with 503 after 30 s: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const longestApiSeconds = 29;

const isLive = (environment: ResolvedEnvironment, reference: unknown) =>
  environment.referred(reference, "aws_lambda_alias")?.attributes.name === liveAlias;

/** Resources that invoke a function, each with the attribute that refers to its version. */
const invokers = (environment: ResolvedEnvironment): (readonly [Resource, unknown])[] => [
  ...environment
    .all("aws_apigatewayv2_integration")
    .map((resource) => [resource, resource.attributes.integration_uri] as const),
  ...environment
    .all("aws_lambda_event_source_mapping")
    .map((resource) => [resource, resource.attributes.function_name] as const),
  ...environment
    .all("aws_lambda_permission", "aws_lambda_function_event_invoke_config")
    .map((resource) => [resource, resource.attributes.qualifier] as const),
  ...environment
    .all("aws_cloudwatch_event_target")
    .filter(({ attributes }) => /aws_lambda_|:lambda:/.test(String(attributes.arn)))
    .map((resource) => [resource, resource.attributes.arn] as const),
];

/** The attributes of an alias that a release or a rollback changes. */
const ownedByReleases = ["function_version", "routing_config"];

export const functionRules: readonly Rule[] = [
  {
    name: "Terraform does not move an alias",
    reason: "an apply would end a rollback, and make versions live that no release has checked",
    violations: (environment) =>
      environment.all("aws_lambda_alias").flatMap((named) => {
        const ignored = strings(at(named.attributes.lifecycle, "ignore_changes"));
        const expected = `lifecycle.ignore_changes with ${ownedByReleases.join(" and ")}`;
        const holds = ownedByReleases.every((attribute) => ignored.includes(attribute));
        return unless(holds, named, expected, named.attributes.lifecycle);
      }),
  },
  {
    name: "a new version of any function is released",
    reason: "it would be published and never become live",
    violations: (environment) => {
      const triggers = environment
        .all("terraform_data")
        .flatMap(({ attributes: { triggers_replace } }) =>
          Object.values<unknown>({ ...(triggers_replace ?? {}) }),
        );
      // Deployments invoke the newest code of the migrations themselves.
      const invoked = environment
        .all("aws_lambda_invocation")
        .map(({ attributes }) => environment.referred(attributes.function_name, "aws_lambda_function"));
      return environment.all("aws_lambda_function").flatMap((published) => {
        if (invoked.includes(published)) return [];
        const trigger = `\${${published.type}.${published.id}.version}`;
        return unless(triggers.includes(trigger), published, `a release that ${trigger} triggers`, triggers);
      });
    },
  },
  {
    name: "functions are invoked through the alias live",
    reason: "an invocation without the alias would not follow a release or a rollback",
    violations: (environment) =>
      invokers(environment).flatMap(([resource, reference]) =>
        unless(isLive(environment, reference), resource, `the alias ${liveAlias} of a function`, reference),
      ),
  },
  {
    name: "Lambda permissions have a source ARN",
    reason: "rules and APIs of any account could invoke the function",
    violations: (environment) =>
      environment.all("aws_lambda_permission").flatMap((permission) => {
        const { source_arn } = permission.attributes;
        const named = typeof source_arn === "string" && source_arn !== "" && source_arn !== "*";
        return unless(named, permission, "a source_arn", source_arn);
      }),
  },
  {
    name: "the API function's timeout is shorter than the API's",
    reason: "the caller would get a 503 for a request that completes",
    violations: (environment) =>
      apiFunctions(environment).flatMap((called) => {
        const seconds = numberAt(called.attributes, ["timeout"], 3);
        const expected = `timeout of at most ${longestApiSeconds} s`;
        return unless(seconds <= longestApiSeconds, called, expected, seconds);
      }),
  },
  {
    name: "logs expire",
    reason: "CloudWatch Logs never deletes the entries of a group without retention",
    violations: (environment) =>
      environment.all("aws_cloudwatch_log_group").flatMap((group) => {
        const days = numberAt(group.attributes, ["retention_in_days"], 0);
        return unless(days > 0, group, "retention_in_days", group.attributes.retention_in_days);
      }),
  },
  {
    name: "a function's log group is created before the function",
    reason: "Lambda creates a missing group at the first invocation: without retention, without the key",
    violations: (environment) =>
      environment.all("aws_lambda_function").flatMap((called) => {
        const { depends_on, logging_config } = called.attributes;
        const group = environment.referred(at(logging_config, "log_group"), "aws_cloudwatch_log_group");
        const first =
          group !== undefined &&
          strings(depends_on).some((address) => address === `${group.type}.${group.id}`);
        const expected = "logging_config.log_group with a group of this environment, and that in depends_on";
        return unless(first, called, expected, { logging_config, depends_on });
      }),
  },
];
