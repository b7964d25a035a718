/** The last part of the names of a VPC's flow logs and of the role that writes them. */
export const flowLogsName = "flow-logs";

/** What the role calls on its log group. */
export const writeFlowLogsActions = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"];
/** A list action; it has no resource. */
export const findFlowLogsAction = "logs:DescribeLogGroups";
