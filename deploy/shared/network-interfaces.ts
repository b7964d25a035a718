/**
 * What Lambda calls, with the role of a function, to place the function in subnets. The actions that describe have no
 * resource: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export const describeNetworkActions = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];
export const changeInterfaceActions = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:DeleteNetworkInterface",
  "ec2:UnassignPrivateIpAddresses",
];
export const createInterfaceAction = "ec2:CreateNetworkInterface";

export const networkInterfaceActions = [
  createInterfaceAction,
  ...changeInterfaceActions,
  ...describeNetworkActions,
];
