import { at, strings } from "./attributes";
import { apiFunctions, distributions, roleStatements } from "./lookups";
import type { ResolvedEnvironment, Resource } from "./resolved-environment";
import { unless, type Rule } from "./rule";

/** The behaviors of a distribution: that of all paths, and those of some. */
const behaviors = ({ attributes }: Resource): unknown[] => [
  attributes.default_cache_behavior,
  ...[attributes.ordered_cache_behavior].flat().filter((each) => each !== undefined),
];

/** The function of CloudFront that a behavior calls before it looks into the cache. */
const requestFunction = (environment: ResolvedEnvironment, behavior: unknown) => {
  const associated = [at(behavior, "function_association")].flat();
  const [found] = associated.filter((each) => at(each, "event_type") === "viewer-request");
  return environment.referred(at(found, "function_arn"), "aws_cloudfront_function");
};

/** Whether a function's role may read a secret, which its variables name. */
function readsSecret(environment: ResolvedEnvironment, called: Resource): boolean {
  const arn = at(called.attributes, "environment", "variables", "ORIGIN_SECRET_ARN");
  return (
    environment.referred(arn, "aws_secretsmanager_secret") !== undefined &&
    roleStatements(environment, called).some(
      ({ Action, Resource }) =>
        strings(Action).includes("secretsmanager:GetSecretValue") &&
        strings(Resource).some((each) => each === arn),
    )
  );
}

/** The name of the managed policy that a data source reads. */
const managedPolicy = (environment: ResolvedEnvironment, reference: unknown): unknown => {
  const [, type = "", id = ""] = /^\$\{data\.(\w+)\.([\w-]+)\.id\}$/.exec(String(reference)) ?? [];
  return environment.synthesized.infra.json.data[type]?.[id]?.name;
};

export const edgeRules: readonly Rule[] = [
  {
    // The policy scanner cannot check it: a plan does not have the lifecycle.
    name: "a certificate is created before the one that it replaces is deleted",
    reason: "the name would have no certificate in between",
    violations: (environment) =>
      environment.all("aws_acm_certificate").flatMap((certificate) => {
        const { lifecycle } = certificate.attributes;
        return unless(
          at(lifecycle, "create_before_destroy") === true,
          certificate,
          "lifecycle.create_before_destroy",
          lifecycle,
        );
      }),
  },
  {
    name: "names require TLS 1.2",
    reason: "credentials could be read on the network",
    violations: (environment) => [
      ...environment.all("aws_apigatewayv2_domain_name").flatMap((domain) => {
        const found = at(domain.attributes.domain_name_configuration, "security_policy");
        return unless(found === "TLS_1_2", domain, "security_policy TLS_1_2", found);
      }),
      ...distributions(environment).flatMap((distribution) => {
        const { viewer_certificate, origin } = distribution.attributes;
        const version = String(at(viewer_certificate, "minimum_protocol_version"));
        const toOrigin = at(origin, "custom_origin_config", "origin_protocol_policy");
        const plain = behaviors(distribution).some(
          (behavior) => at(behavior, "viewer_protocol_policy") !== "https-only",
        );
        return unless(
          version.startsWith("TLSv1.2_") && toOrigin === "https-only" && !plain,
          distribution,
          "TLS 1.2 of clients, and https-only of behaviors and of the origin",
          { version, toOrigin, plain },
        );
      }),
    ],
  },
  {
    name: "an API with a name has no other address",
    reason:
      "clients would use the URL of API Gateway, and reach the API without the firewall; a second region, with which there is no firewall, needs the URL for health checks",
    violations: (environment) =>
      environment.all("aws_apigatewayv2_domain_name").length === 0 ||
      environment.synthesized.config.core.recovery !== undefined
        ? []
        : environment
            .all("aws_apigatewayv2_api")
            .flatMap((api) =>
              unless(
                api.attributes.disable_execute_api_endpoint === true,
                api,
                "disable_execute_api_endpoint",
                api.attributes.disable_execute_api_endpoint,
              ),
            ),
  },
  {
    name: "the origin of CloudFront is closed",
    reason: "the address of API Gateway is public: requests could go around the firewall",
    violations: (environment) =>
      distributions(environment).flatMap((distribution) => {
        const called = behaviors(distribution).map((behavior) => requestFunction(environment, behavior));
        const stores = called.map((each) =>
          strings(each?.attributes.key_value_store_associations).map((arn) =>
            environment.referred(arn, "aws_cloudfront_key_value_store"),
          ),
        );
        const sends = stores.every(([store]) => store !== undefined);
        const api = apiFunctions(environment);
        const refuses = api.length > 0 && api.every((each) => readsSecret(environment, each));
        return unless(
          sends && refuses,
          distribution,
          "a function with a key value store in each behavior, and an API function that reads the secret",
          { sends, refuses },
        );
      }),
  },
  {
    name: "CloudFront forwards requests unchanged",
    reason: "API Gateway finds the API by the host, and signatures include it",
    violations: (environment) =>
      distributions(environment).flatMap((distribution) => {
        const found = behaviors(distribution).map((behavior) =>
          managedPolicy(environment, at(behavior, "origin_request_policy_id")),
        );
        const forwards = found.every((name) => name === "Managed-AllViewer");
        return unless(forwards, distribution, "the origin request policy Managed-AllViewer", found);
      }),
  },
  {
    name: "only the documentation is cached",
    reason: "a response of the API is for one caller, at one moment",
    violations: (environment) =>
      distributions(environment).flatMap((distribution) => {
        const [others, ...cached] = behaviors(distribution);
        const policy = managedPolicy(environment, at(others, "cache_policy_id"));
        const paths = cached.map((behavior) => String(at(behavior, "path_pattern")));
        const isDocumentation = paths.every((path) => /^\/(docs\/\*|openapi\.json)$/.test(path));
        return unless(
          policy === "Managed-CachingDisabled" && isDocumentation,
          distribution,
          "the policy Managed-CachingDisabled, and other behaviors for /docs/* and /openapi.json",
          { policy, paths },
        );
      }),
  },
];
