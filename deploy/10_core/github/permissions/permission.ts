import type { Place } from "../../../shared/arn";
import type { BackendConfig } from "../../../shared/backend-config";
import type { Statement } from "../../../shared/policy";

/** What Terraform needs on a kind of resource: to look at it for a plan, and to change it. */
export interface DeploymentPermission {
  /** Names the statement; letters and digits. */
  readonly sid: string;
  readonly resources: readonly string[];
  readonly look: readonly string[];
  readonly change: readonly string[];
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
  permissions.flatMap(({ sid, resources, look }) =>
    look.length > 0 ? [{ Sid: `Look${sid}`, Effect: "Allow", Action: look, Resource: resources }] : [],
  );

export const changeStatements = (permissions: readonly DeploymentPermission[]): Statement[] =>
  permissions.flatMap(({ sid, resources, change, changeCondition }) =>
    change.length > 0
      ? [
          {
            Sid: `Change${sid}`,
            Effect: "Allow",
            Action: change,
            Resource: resources,
            ...(changeCondition && { Condition: changeCondition }),
          },
        ]
      : [],
  );
