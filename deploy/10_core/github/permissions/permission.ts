import type { AwsContext } from "../../../shared/arn";
import type { BackendConfig } from "../../../config/schemas/backend";
import type { Statement } from "../../../shared/policy-document";

/** What Terraform needs on a kind of resource: to read it for a plan, and to write it for a deployment. */
export interface DeploymentPermission {
  /** Suffix of the statement ids, after `Read` or `Write`; letters and digits. */
  readonly sid: string;
  readonly resources: readonly string[];
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Condition of the read actions. */
  readonly readCondition?: Statement["Condition"];
  /** Condition of the write actions. */
  readonly writeCondition?: Statement["Condition"];
}

/** The environment that permissions are limited to. */
export interface DeploymentScope {
  readonly awsContext: AwsContext;
  /** `tasks-dev` */
  readonly namePrefix: string;
  readonly boundaryArn: string;
  readonly keyArn: string | undefined;
  readonly backends: readonly BackendConfig[];
  /** Tags of every resource of the environment. */
  readonly tags: { readonly Project: string; readonly Environment: string };
}

export const readStatements = (permissions: readonly DeploymentPermission[]): Statement[] =>
  permissions.flatMap(({ sid, resources, read, readCondition }) =>
    allow(`Read${sid}`, read, resources, readCondition),
  );

export const writeStatements = (permissions: readonly DeploymentPermission[]): Statement[] =>
  permissions.flatMap(({ sid, resources, write, writeCondition }) =>
    allow(`Write${sid}`, write, resources, writeCondition),
  );

const allow = (
  Sid: string,
  Action: readonly string[],
  Resource: readonly string[],
  Condition: Statement["Condition"],
): Statement[] =>
  Action.length > 0 ? [{ Sid, Effect: "Allow", Action, Resource, ...(Condition && { Condition }) }] : [];
