// The list alone: the package's root builds a table of every fact of every region, which takes 80 ms.
import { partitionInformation } from "@aws-cdk/region-info/lib/aws-entities";

/** The partition of a region: `aws`, or the name of the separate AWS that it belongs to. */
export const partitionOf = (region: string): string => partitionInformation(region).partition;

/** `amazonaws.com`, or what the endpoints of a region's partition end in. */
export const domainSuffixOf = (region: string): string => partitionInformation(region).domainSuffix;
