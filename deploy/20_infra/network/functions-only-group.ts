import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Construct } from "constructs";
import type { Network } from "./network";

export interface FunctionsOnlyProps {
  /** `database`: what the group is for. */
  readonly what: string;
  readonly name: string;
  readonly network: Network;
  readonly port: number;
}

/**
 * The security group of a server, to which the functions connect and nothing else does.
 * @returns its id
 */
export function functionsOnlyGroup(
  scope: Construct,
  { what, name, network, port }: FunctionsOnlyProps,
): string {
  const group = new SecurityGroup(scope, "group", {
    name,
    description: `${what.charAt(0).toUpperCase()}${what.slice(1)}: connections of the functions only`,
    vpcId: network.vpcId,
    tags: { Name: name },
  });
  const connections = { ipProtocol: "tcp", fromPort: port, toPort: port };
  new VpcSecurityGroupIngressRule(scope, "from-functions", {
    securityGroupId: group.id,
    referencedSecurityGroupId: network.securityGroupId,
    description: "Connections of the functions",
    ...connections,
  });
  new VpcSecurityGroupEgressRule(scope, `functions-to-${what}`, {
    securityGroupId: network.securityGroupId,
    referencedSecurityGroupId: group.id,
    description: `Connections to the ${what}`,
    ...connections,
  });
  return group.id;
}
