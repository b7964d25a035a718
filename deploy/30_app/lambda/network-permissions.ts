import type { CoreOutputs } from "../../10_core/outputs";
import { regionalArn } from "../../shared/arn";
import {
  changeInterfaceActions,
  createInterfaceAction,
  describeNetworkActions,
  networkInterfaceActions,
} from "../../shared/network-interfaces";
import type { Statement } from "../../shared/policy-document";

/** Where a function is placed in the network of the infra layer. */
export interface Placement {
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
}

/**
 * Lambda creates the network interfaces of a function with the function's role. The function's own code, whose requests
 * have the key `lambda:SourceFunctionArn`, is denied the same.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice
 */
export function networkPermissions(
  functionName: string,
  core: CoreOutputs,
  { subnetIds, securityGroupId }: Placement,
): Statement[] {
  const ec2 = (resource: string) => regionalArn(core, "ec2", resource);
  return [
    {
      Sid: "CreateInterfaces",
      Effect: "Allow",
      Action: createInterfaceAction,
      Resource: [
        ec2("network-interface/*"),
        ec2(`security-group/${securityGroupId}`),
        ...subnetIds.map((id) => ec2(`subnet/${id}`)),
      ],
    },
    // Lambda checks that the role may delete interfaces of any id.
    { Sid: "WriteInterfaces", Effect: "Allow", Action: changeInterfaceActions, Resource: ec2("*/*") },
    { Sid: "DescribeNetwork", Effect: "Allow", Action: describeNetworkActions, Resource: "*" },
    {
      Sid: "DenyInterfacesToCode",
      Effect: "Deny",
      Action: networkInterfaceActions,
      Resource: "*",
      Condition: {
        ArnEquals: { "lambda:SourceFunctionArn": regionalArn(core, "lambda", `function:${functionName}`) },
      },
    },
  ];
}
