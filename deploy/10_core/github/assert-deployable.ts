import { TerraformResource, type TerraformStack } from "cdktf";
import { wholeFileError } from "../../shared/errors";
import type { Layer } from "../../shared/layers";
import { alarmPermissions } from "./permissions/alarms";
import { appPermissions } from "./permissions/app";
import { infraPermissions } from "./permissions/infra";
import { optionalPermissions } from "./permissions/optional";
import { storePermissions } from "./permissions/store";
import type { DeploymentPermission, DeploymentScope } from "./permissions/permission";

/**
 * Asserts that the deploy role may create each resource of a layer above core, which an administrator applies: its type,
 * and its name if the permission is limited to names. Otherwise an apply by the pipeline would fail in the middle, with AccessDenied.
 * @throws {ConfigurationError} naming the resource and the file with the permissions of its layer
 */
export function assertDeployable(
  stack: TerraformStack,
  layer: Exclude<Layer, "core">,
  scope: Pick<DeploymentScope, "namePrefix" | "tags" | "parts"> &
    Partial<Pick<DeploymentScope, "recoveryRegion">>,
): void {
  const awsContext = { partition: "*", region: "*", account_id: "*" };
  const all = {
    ...{ recoveryRegion: undefined, ...scope, awsContext, region: "*" },
    ...{ boundaryArn: "*", keyArn: undefined, hasAlarms: true, backends: [] },
  };
  const permissions = [
    ...infraPermissions(all),
    ...appPermissions(all),
    ...alarmPermissions(all),
    ...optionalPermissions(all),
    ...storePermissions(all),
  ];
  for (const resource of stack.node.findAll().filter(isResource)) {
    const { terraformResourceType: type } = resource;
    const allowing = permissions.filter(({ creates = {} }) => type in creates);
    if (!allowing.some((permission) => mayCreate(permission, resource)))
      throw notDeployable(layer, resource, allowing);
  }
}

const isResource = (node: unknown): node is TerraformResource => TerraformResource.isTerraformResource(node);

function mayCreate({ creates = {}, resources }: DeploymentPermission, resource: TerraformResource): boolean {
  const name = nameOf(resource, creates[resource.terraformResourceType]);
  return name === undefined || resources.some((arn) => isMatch(lastPart(arn), lastPart(name)));
}

/** The name of a resource, with `*` for what is known only after an apply; undefined if no attribute has it. */
function nameOf(resource: TerraformResource, attribute: string | undefined): string | undefined {
  const value: unknown = attribute === undefined ? undefined : Reflect.get(resource, `${attribute}Input`);
  return typeof value === "string" ? value.replaceAll(/\$\{[^}]*\}/g, "*") : undefined;
}

/** What follows the last `/` or `:` of an ARN or a name. */
const lastPart = (arn: string) => /[^:/]*$/.exec(arn)?.[0] ?? "";

const isMatch = (pattern: string, name: string) =>
  new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`).test(name);
const escaped = (literal: string) => literal.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&");

const notDeployable = (
  layer: string,
  resource: TerraformResource,
  allowing: readonly DeploymentPermission[],
) => {
  const file = `deploy/10_core/github/permissions/${layer}.ts`;
  const names = allowing.flatMap(({ resources }) => resources.map(lastPart)).join(", ");
  return wholeFileError("not-deployable", file, {
    expected:
      allowing.length === 0
        ? `a permission with ${resource.terraformResourceType} in its creates, and the actions that Terraform calls`
        : `a name of ${resource.terraformResourceType} that the deploy role may create (${names})`,
    found: `${resource.node.path} in the layer ${layer}`,
    hint: "The deploy role could not create it. Change the permissions, and have an administrator apply core first.",
  });
};
