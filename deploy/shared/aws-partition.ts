// Not the package's root, which takes 80 ms to build a table of all facts of all regions.
import { partitionInformation } from "@aws-cdk/region-info/lib/aws-entities";

/** The partition of a region: `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`, … */
export const partitionOf = (region: string): string => partitionInformation(region).partition;

/** The domain suffix of the endpoints in a region: `amazonaws.com`, `amazonaws.eu`, … */
export const domainSuffixOf = (region: string): string => partitionInformation(region).domainSuffix;
