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
export const iamArn = (awsContext: AwsContext, resource: string) => accountArn(awsContext, "iam", resource);

/** `arn:aws:cloudfront::111111111111:<resource>`, for services without regions */
export const accountArn = ({ partition, account_id }: AwsContext, service: string, resource: string) =>
  `arn:${partition}:${service}::${account_id}:${resource}`;

/** `arn:aws:route53:::hostedzone/<id>`, for services whose ids are unique in AWS */
export const globalArn = ({ partition }: AwsContext, service: string, resource: string) =>
  `arn:${partition}:${service}:::${resource}`;

/** `arn:aws:apigateway:eu-central-1::/apis` */
export const apiGatewayArn = ({ partition, region }: AwsContext, path: string) =>
  `arn:${partition}:apigateway:${region}::${path}`;
