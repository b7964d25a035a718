/** The partition, region and account that a stack is deployed to; the core layer's outputs have this shape. */
export interface AwsContext {
  readonly partition: string;
  readonly region: string;
  readonly account_id: string;
}

/** `arn:aws:sqs:eu-central-1:111111111111:<resource>` */
export const regionalArn = (
  { partition, region, account_id }: AwsContext,
  service: string,
  resource: string,
) => `arn:${partition}:${service}:${region}:${account_id}:${resource}`;

/** `arn:aws:iam::111111111111:<resource>` */
export const iamArn = ({ partition, account_id }: AwsContext, resource: string) =>
  `arn:${partition}:iam::${account_id}:${resource}`;
