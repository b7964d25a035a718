import { iamArn, regionalArn } from "../../../shared/arn";
import { flowLogsName } from "../../../shared/flow-logs";
import type { DeploymentPermission, DeploymentScope } from "./permission";

const ec2 = (names: string) => names.split(" ").map((name) => `ec2:${name}`);

export const networkReads = ec2("DescribeVpcAttribute");
export const networkWrites = ec2(
  "AssociateRouteTable AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateFlowLogs CreateRouteTable CreateSecurityGroup CreateSubnet CreateTags CreateVpc CreateVpcEndpoint DeleteFlowLogs DeleteRouteTable DeleteSecurityGroup DeleteSubnet DeleteTags DeleteVpc DeleteVpcEndpoints DisassociateRouteTable ModifySecurityGroupRules ModifySubnetAttribute ModifyVpcAttribute ModifyVpcEndpoint RevokeSecurityGroupEgress RevokeSecurityGroupIngress",
);
export const networkLists = ec2(
  "DescribeFlowLogs DescribeNetworkAcls DescribeNetworkInterfaces DescribePrefixLists DescribeRouteTables DescribeSecurityGroupRules DescribeSecurityGroups DescribeSubnets DescribeVpcEndpoints DescribeVpcs",
);

/**
 * The network of the functions, when tfvars have one. AWS generates all ids; an environment's account has no other
 * environment's network.
 */
export function networkPermissions({
  awsContext,
  namePrefix,
  parts,
}: DeploymentScope): DeploymentPermission[] {
  if (parts.network === undefined) return [];
  const kinds = [
    "vpc",
    "subnet",
    "route-table",
    "security-group",
    "security-group-rule",
    "vpc-endpoint",
    "vpc-flow-log",
  ];
  return [
    {
      sid: "Network",
      resources: kinds.map((kind) => regionalArn(awsContext, "ec2", `${kind}/*`)),
      creates: {
        aws_default_security_group: undefined,
        aws_flow_log: undefined,
        aws_route_table: undefined,
        aws_route_table_association: undefined,
        aws_security_group: "name",
        aws_subnet: undefined,
        aws_vpc: undefined,
        aws_vpc_endpoint: undefined,
        aws_vpc_security_group_egress_rule: undefined,
        aws_vpc_security_group_ingress_rule: undefined,
      },
      read: [],
      write: networkWrites,
    },
    { sid: "Vpc", resources: [regionalArn(awsContext, "ec2", "vpc/*")], read: networkReads, write: [] },
    {
      // Lists; they have no resource.
      sid: "AllNetworks",
      resources: ["*"],
      read: networkLists,
      write: [],
    },
    {
      sid: "FlowLogsRole",
      resources: [iamArn(awsContext, `role/${namePrefix}-${flowLogsName}`)],
      read: [],
      write: ["iam:PassRole"],
      writeCondition: { StringEquals: { "iam:PassedToService": "vpc-flow-logs.amazonaws.com" } },
    },
  ];
}
