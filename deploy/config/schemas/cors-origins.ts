import * as z from "zod";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
const anyOrigins = ["*", "https://*", "http://*"];

/** Labels of letters, digits and inner hyphens, or an IPv6 address. */
const origin =
  /^https?:\/\/([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])(:[1-9]\d*)?$/;

/** As browsers send it in the header `Origin`, which API Gateway compares: no path, no default port, lower case. */
const isOrigin = (value: string) =>
  origin.test(value) && URL.canParse(value) && new URL(value).origin === value;

const corsOrigin = z
  .string()
  .refine(
    (value) => isOrigin(value) || anyOrigins.includes(value),
    'an origin as browsers send it, such as "https://app.example.com" or "http://localhost:3000" (scheme, host in lower ' +
      'case, port unless it is the default, no path, no slash at the end), or "*", "https://*", "http://*"',
  );

/** Origins that browsers may call the API from; an empty list disables CORS. */
export const corsOrigins = z
  .array(corsOrigin)
  .refine(
    (origins) => !origins.includes("*") || origins.length === 1,
    '"*" alone, since it includes all others',
  )
  .refine((origins) => new Set(origins).size === origins.length, "each origin once");
