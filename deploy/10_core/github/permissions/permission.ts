import type { Place } from "../../../shared/arn";
import type { BackendConfig } from "../../../config/schemas/backend";
import type { Statement } from "../../../shared/policy-document";

/** What Terraform needs on a kind of resource: to look at it for a plan, and to change it. */
export interface DeploymentPermission {
  /** Names the statement; letters and digits. */
  readonly sid: string;
  readonly resources: readonly string[];
  readonly look: readonly string[];
  readonly change: readonly string[];
  /** Under which reading is allowed. */
  readonly lookCondition?: Statement["Condition"];
  /** Under which changes are allowed. */
  readonly changeCondition?: Statement["Condition"];
}

/** What permissions are written for: one environment's part of one account. */
export interface DeploymentScope {
  readonly place: Place;
  /** `tasks-dev` */
  readonly namePrefix: string;
  readonly boundaryArn: string;
  readonly keyArn: string | undefined;
  readonly backends: readonly BackendConfig[];
  /** What every resource of the environment carries. */
  readonly tags: { readonly Project: string; readonly Environment: string };
}

export const lookStatements = (permissions: readonly DeploymentPermission[]): Statement[] =>
  permissions.flatMap(({ sid, resources, look, lookCondition }) =>
    allow(`Look${sid}`, look, resources, lookCondition),
  );

export const changeStatements = (permissions: readonly DeploymentPermission[]): Statement[] =>
  permissions.flatMap(({ sid, resources, change, changeCondition }) =>
    allow(`Change${sid}`, change, resources, changeCondition),
  );

const allow = (
  Sid: string,
  Action: readonly string[],
  Resource: readonly string[],
  Condition: Statement["Condition"],
): Statement[] =>
  Action.length > 0 ? [{ Sid, Effect: "Allow", Action, Resource, ...(Condition && { Condition }) }] : [];
