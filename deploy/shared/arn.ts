/** Where a resource lives; the core layer's outputs have this shape. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account_id: string;
}

/** `arn:aws:sqs:eu-central-1:111111111111:<resource>` */
export const regionalArn = ({ partition, region, account_id }: Place, service: string, resource: string) =>
  `arn:${partition}:${service}:${region}:${account_id}:${resource}`;
