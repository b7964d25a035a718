/** Where a resource lives; the core layer's outputs have this shape. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account_id: string;
}

/** `arn:aws:sqs:eu-central-1:111111111111:<resource>` */
export const regionalArn = ({ partition, region, account_id }: Place, service: string, resource: string) =>
  `arn:${partition}:${service}:${region}:${account_id}:${resource}`;

/** `aws`, or the name of the separate AWS that a region belongs to. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
