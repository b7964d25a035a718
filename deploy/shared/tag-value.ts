import * as z from "zod";

/**
 * The value of a tag that every service takes; IAM is the strictest:
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html
 */
export const tagValue = z
  .string()
  .regex(
    /^[\p{L}\p{N}_.:/=+@-](?:[\p{L}\p{N} _.:/=+@-]{0,254}[\p{L}\p{N}_.:/=+@-])?$/u,
    "a tag value of 1 to 256 letters, digits, spaces and _ . : / = + - @, no space first or last",
  );
