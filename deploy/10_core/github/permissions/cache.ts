import { regionalArn } from "../../../shared/arn";
import type { DeploymentPermission, DeploymentScope } from "./permission";

/** The cache, when tfvars have one. */
export function cachePermissions({ awsContext, namePrefix, parts }: DeploymentScope): DeploymentPermission[] {
  if (parts.cache === undefined) return [];
  return [
    {
      sid: "Cache",
      resources: ["serverlesscache", "serverlesscachesnapshot"].map((kind) =>
        regionalArn(awsContext, "elasticache", `${kind}:${namePrefix}-*`),
      ),
      creates: { aws_elasticache_serverless_cache: "name" },
      read: ["elasticache:DescribeServerlessCaches", "elasticache:ListTagsForResource"],
      write: [
        "elasticache:AddTagsToResource",
        "elasticache:CreateServerlessCache",
        "elasticache:DeleteServerlessCache",
        "elasticache:ModifyServerlessCache",
        "elasticache:RemoveTagsFromResource",
      ],
    },
  ];
}
