import * as z from "zod";

/**
 * The value of a tag that every service takes. IAM is the strictest on characters, and Lambda keeps `aws:` to AWS:
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
 */
export const tagValue = z
  .string()
  .regex(
    /^[\p{L}\p{N}_.:/=+@-](?:[\p{L}\p{N} _.:/=+@-]{0,254}[\p{L}\p{N}_.:/=+@-])?$/u,
    "a tag value of 1 to 256 letters, digits, spaces and _ . : / = + - @, no space first or last",
  )
  .refine(
    (text) => !/^aws:/i.test(text),
    'a tag value that does not begin with "aws:", which AWS keeps for itself',
  );
