import { regionalArn, type AwsContext } from "./arn";

/** CloudFront, its certificate, its web ACL and its metrics are in this region. */
export const edgeRegion = "us-east-1";

interface Parts {
  readonly edge?: unknown;
}

/** The ARNs of a resource in the regions that have certificates and topics: the environment's, and that of CloudFront. */
export const edgeRegionArns = (
  awsContext: AwsContext,
  { edge }: Parts,
  service: string,
  resource: string,
): string[] => {
  const regions = new Set([awsContext.region, ...(edge === undefined ? [] : [edgeRegion])]);
  return [...regions].map((region) => regionalArn({ ...awsContext, region }, service, resource));
};
