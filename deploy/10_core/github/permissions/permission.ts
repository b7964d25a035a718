import type { AwsContext } from "../../../shared/arn";
import type { BackendConfig } from "../../../config/schemas/backend";
import type { InfraConfig } from "../../../config/schemas/infra";
import type { Statement } from "../../../shared/policy-document";

/** What Terraform needs on a kind of resource: to read it for a plan, and to write it for a deployment. */
export interface DeploymentPermission {
  /** Suffix of the statement ids, after `Read` or `Write`; letters and digits. */
  readonly sid: string;
  readonly resources: readonly string[];
  /**
   * The types of the resources that it allows to create, each with the attribute of its name, if ARNs have one. A type that
   * no permission lists fails synthesis.
   */
  readonly creates?: Readonly<Record<string, string | undefined>>;
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Condition of the read actions. */
  readonly readCondition?: Statement["Condition"];
  /** Condition of the write actions. */
  readonly writeCondition?: Statement["Condition"];
}

/** The environment that permissions are limited to. */
export interface DeploymentScope {
  /** With the region `*` in an environment that has a second region. */
  readonly awsContext: AwsContext;
  /** The environment's region, in which `keyArn` is. */
  readonly region: string;
  /** The second region, where tfvars have one. */
  readonly recoveryRegion: string | undefined;
  /** `orders-dev` */
  readonly namePrefix: string;
  /** That of a second region, too. */
  readonly boundaryArn: string | readonly string[];
  readonly keyArn: string | undefined;
  /** Whether the environment has alarms, their topic and the dashboard. */
  readonly hasAlarms: boolean;
  /** The domain, the edge, the network and the store, where tfvars have them. */
  readonly parts: Pick<InfraConfig, "cache" | "domain" | "edge" | "network" | "store">;
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
