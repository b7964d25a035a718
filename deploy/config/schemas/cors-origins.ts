import * as z from "zod";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
const anyOrigins = ["*", "https://*", "http://*"];

/** Labels of letters, digits and hyphens within, or an address of IPv6. */
const origin =
  /^https?:\/\/([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])(:[1-9]\d*)?$/;

/** As browsers write it in the header `Origin`, which API Gateway compares: no path, no default port, lower case. */
const isOrigin = (text: string) => origin.test(text) && URL.canParse(text) && new URL(text).origin === text;

const corsOrigin = z
  .string()
  .refine(
    (text) => isOrigin(text) || anyOrigins.includes(text),
    'an origin as browsers send it, such as "https://app.example.com" or "http://localhost:3000" (scheme, host in lower ' +
      'case, port unless it is the default, no path, no slash at the end), or "*", "https://*", "http://*"',
  );

/** Origins that browsers may call from; an empty list turns CORS off. */
export const corsOrigins = z
  .array(corsOrigin)
  .refine(
    (origins) => !origins.includes("*") || origins.length === 1,
    '"*" alone, since it includes all others',
  )
  .refine((origins) => new Set(origins).size === origins.length, "each origin once");
