import { globalArn, regionalArn } from "../../../shared/arn";
import { tableArns } from "../../../shared/declared-arns";
import { viaServices } from "../../../shared/policy-document";
import { keyServices, keyWrites } from "./infra";
import type { DeploymentPermission, DeploymentScope } from "./permission";

const route53 = (names: string) => names.split(" ").map((name) => `route53:${name}`);

export const healthCheckReads = route53("GetHealthCheck ListTagsForResource");
export const healthCheckWrites = route53("ChangeTagsForResource DeleteHealthCheck UpdateHealthCheck");
export const healthCheckCreates = route53("CreateHealthCheck");

/**
 * What a second region needs in addition to the permissions of the first, which name both regions. Creating the replica
 * of the table is left to an administrator: DynamoDB requires permissions for its items, which workflows must not have.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html
 */
export function recoveryPermissions(scope: DeploymentScope): DeploymentPermission[] {
  const { awsContext, recoveryRegion, namePrefix, keyArn, parts } = scope;
  if (recoveryRegion === undefined) return [];
  return [
    {
      // Deleting the table deletes its replica first:
      // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ReplicationGroupUpdate.html
      sid: "Replicas",
      resources: tableArns({ ...awsContext, region: recoveryRegion }, namePrefix),
      read: [],
      write: ["dynamodb:DeleteTableReplica"],
    },
    ...(keyArn === undefined ? [] : standbyKey(scope, recoveryRegion)),
    ...(parts.domain === undefined
      ? []
      : [
          {
            // Route 53 generates their ids.
            sid: "HealthChecks",
            resources: [globalArn(awsContext, "route53", "healthcheck/*")],
            read: healthCheckReads,
            write: healthCheckWrites,
          },
          {
            // A health check has no ARN before it is created.
            sid: "NewHealthChecks",
            resources: ["*"],
            creates: { aws_route53_health_check: undefined },
            read: [],
            write: healthCheckCreates,
          },
        ]),
  ];
}

/** KMS generates the id of the second region's key, so its tags identify it. */
function standbyKey({ awsContext, tags }: DeploymentScope, region: string): DeploymentPermission[] {
  const resources = [regionalArn({ ...awsContext, region }, "kms", "key/*")];
  const condition = (services: readonly string[]) => ({
    StringEquals: {
      "aws:ResourceTag/Project": tags.Project,
      "aws:ResourceTag/Environment": tags.Environment,
      "kms:ViaService": viaServices(region, services),
    },
  });
  return [
    {
      sid: "StandbyVariables",
      resources,
      read: ["kms:Decrypt"],
      readCondition: condition(["lambda"]),
      write: [],
    },
    {
      sid: "StandbyKeyUsage",
      resources,
      read: [],
      write: keyWrites,
      writeCondition: condition(keyServices),
    },
  ];
}
