import { statementsOf, type PolicyStatement } from "../testing/synthesize";
import { at, strings } from "./attributes";
import { anyResource, wildcardActions, type PermissionException } from "./permission-exceptions";
import type { ResolvedEnvironment, Resource } from "./resolved-environment";
import { unless, type Rule, type Violation } from "./rule";

/** Every policy document in a resource, in any attribute. */
export const documentsIn = (value: unknown): string[] => {
  if (typeof value === "string") return /^\{.*"Statement"/s.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(documentsIn) : [];
};

const ofEachStatement =
  (violations: (statement: PolicyStatement, resource: Resource, prefix: string) => Violation[]) =>
  ({ resources, prefix }: ResolvedEnvironment): Violation[] =>
    resources.flatMap((resource) =>
      documentsIn(resource.attributes)
        .flatMap((policy) => statementsOf(policy))
        .flatMap((statement) => violations(statement, resource, prefix)),
    );

const excepted = (
  exceptions: readonly PermissionException[],
  { Action, Resource }: PolicyStatement,
  type: string,
) =>
  exceptions.some(
    (exception) =>
      (exception.type === undefined || exception.type === type) &&
      strings(Resource).every((arn) => exception.resources?.test(arn) ?? true) &&
      strings(Action).every((action) => exception.actions.includes(action)),
  );

/** Whether an ARN matches only the environment's resources: `arn:aws:sqs:…:orders-dev-*`, `${aws_cloudwatch_log_group.api.arn}:*`. */
const isOwn = (arn: string, prefix: string) => {
  // The region of an environment with two: a rule below limits it.
  const [literal = "", ...wild] = arn.replace(/^(arn:[^:]*:\w+:)\*:/, "$1region:").split("*");
  return (
    wild.length === 0 ||
    literal.includes("${aws_") ||
    new RegExp(`[:/](aws-waf-logs-)?${prefix}-`).test(literal)
  );
};

/** Whether a policy denies all regions but these. */
const deniesOthers = (policy: unknown, regions: readonly string[]) =>
  documentsIn(policy).some((document) =>
    statementsOf(document).some(
      ({ Effect, Resource, Condition }) =>
        Effect === "Deny" &&
        Resource === "*" &&
        strings(at(Condition, "StringNotEquals", "aws:RequestedRegion")).join() === regions.join(),
    ),
  );

export const permissionRules: readonly Rule[] = [
  {
    name: "roles of two regions are denied all others",
    reason: "their permissions name both regions by *, which is every region",
    violations: (environment) => {
      const { region, recovery } = environment.synthesized.config.core;
      if (recovery === undefined) return [];
      const denying = [
        ...environment.all("aws_iam_role_policy").filter(({ attributes }) => attributes.name === "denied"),
        ...environment
          .all("aws_iam_policy")
          .filter(({ attributes }) => attributes.name === `${environment.prefix}-operator`),
      ];
      const regions = [region, recovery.region];
      return denying.flatMap((holder) =>
        unless(
          deniesOthers(holder.attributes.policy, regions),
          holder,
          `a Deny where aws:RequestedRegion is neither ${regions.join(" nor ")}`,
          "none",
        ),
      );
    },
  },
  {
    name: "permissions name their actions",
    reason: "a wildcard grants actions that AWS adds later",
    violations: ofEachStatement((statement, resource) => {
      const { Effect, Action } = statement;
      const wild = strings(Action).some((action) => action.includes("*"));
      const allowed = Effect === "Deny" || !wild || excepted(wildcardActions, statement, resource.type);
      return unless(allowed, resource, "actions without *, or a named exception", Action);
    }),
  },
  {
    name: "permissions have no NotAction, NotResource or NotPrincipal",
    reason: "they grant everything that is not listed",
    violations: ofEachStatement((statement, resource) => {
      const inverted = Object.keys(statement).filter((key) => /^Not[A-Z]/.test(key));
      return unless(inverted.length === 0, resource, "no Not…", inverted);
    }),
  },
  {
    name: "permissions name their resources",
    reason: "they would apply to other environments and services of the account",
    violations: ofEachStatement((statement, resource, prefix) => {
      const { Effect, Resource } = statement;
      // In a key policy "*" means this key.
      if (Effect === "Deny" || resource.type === "aws_kms_key") return [];
      const foreign = strings(Resource).filter((arn) => !isOwn(arn, prefix));
      const allowed = foreign.length === 0 || excepted(anyResource, statement, resource.type);
      return unless(allowed, resource, `ARNs below ${prefix}-, or a named exception`, foreign);
    }),
  },
];
