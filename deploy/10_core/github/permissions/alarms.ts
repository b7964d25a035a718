import { accountArn, regionalArn } from "../../../shared/arn";
import { edgeRegionArns } from "../../../shared/edge-region";
import type { DeploymentPermission, DeploymentScope } from "./permission";

/** The topic of the core layer, the alarms of the other layers, and the dashboard. Without alarms there are none. */
export function alarmPermissions({
  awsContext,
  namePrefix,
  hasAlarms,
  parts,
}: DeploymentScope): DeploymentPermission[] {
  if (!hasAlarms) return [];
  const topics = edgeRegionArns(awsContext, parts, "sns", `${namePrefix}-alarms`);
  return [
    {
      // Creating and deleting the topic is left to an administrator, as for keys.
      sid: "AlarmTopic",
      resources: topics.flatMap((topic) => [topic, `${topic}:*`]),
      read: ["sns:GetSubscriptionAttributes", "sns:GetTopicAttributes", "sns:ListTagsForResource"],
      write: [
        "sns:SetTopicAttributes",
        "sns:Subscribe",
        "sns:TagResource",
        "sns:Unsubscribe",
        "sns:UntagResource",
      ],
    },
    {
      sid: "Alarms",
      resources: [regionalArn(awsContext, "cloudwatch", `alarm:${namePrefix}-*`)],
      creates: { aws_cloudwatch_metric_alarm: "alarmName", aws_cloudwatch_composite_alarm: "alarmName" },
      read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
      write: [
        "cloudwatch:DeleteAlarms",
        "cloudwatch:PutCompositeAlarm",
        "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource",
        "cloudwatch:UntagResource",
      ],
    },
    {
      sid: "Dashboard",
      resources: [accountArn(awsContext, "cloudwatch", `dashboard/${namePrefix}-*`)],
      creates: { aws_cloudwatch_dashboard: "dashboardName" },
      read: ["cloudwatch:GetDashboard"],
      write: ["cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard"],
    },
  ];
}
