// The list alone: the package's root builds a table of every fact of every region, which takes 80 ms.
import { AWS_REGIONS } from "@aws-cdk/region-info/lib/aws-entities";
import { distance } from "fastest-levenshtein";
import * as z from "zod";

/** Changes of one letter by which a name may differ from one that was meant. */
const nearDistance = 3;

/** A region that AWS has. Terraform's own check is off, since its list is as old as its release. */
export const awsRegion = z.string().superRefine((name, context) => {
  if (AWS_REGIONS.includes(name)) return;
  const distances = AWS_REGIONS.map((region) => ({ region, away: distance(region, name.slice(0, 50)) }));
  const nearest = Math.min(...distances.map(({ away }) => away));
  const near = distances.filter(({ away }) => away === nearest && away <= nearDistance);
  const hint = near.length === 0 ? "" : ` (did you mean ${near.map(({ region }) => region).join(" or ")}?)`;
  context.addIssue({
    code: "custom",
    input: name,
    message: `the name of an AWS region, such as eu-central-1${hint}`,
  });
});
