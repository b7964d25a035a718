// Not the package's root, which takes 80 ms to build a table of all facts of all regions.
import { AWS_REGIONS } from "@aws-cdk/region-info/lib/aws-entities";
import { distance } from "fastest-levenshtein";
import * as z from "zod";

/** Edit distance up to which a region is suggested. */
const nearDistance = 3;

/** The name of an AWS region. Terraform's own check is disabled, since its list is as old as its release. */
export const awsRegion = z.string().superRefine((name, context) => {
  if (AWS_REGIONS.includes(name)) return;
  const distances = AWS_REGIONS.map((region) => ({ region, edits: distance(region, name.slice(0, 50)) }));
  const nearest = Math.min(...distances.map(({ edits }) => edits));
  const near = distances.filter(({ edits }) => edits === nearest && edits <= nearDistance);
  const hint = near.length === 0 ? "" : ` (did you mean ${near.map(({ region }) => region).join(" or ")}?)`;
  context.addIssue({
    code: "custom",
    input: name,
    message: `the name of an AWS region, such as eu-central-1${hint}`,
  });
});
