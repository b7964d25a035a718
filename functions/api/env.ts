import * as z from "zod/mini";
import {
  commonEnvironment,
  optionalPositiveInteger,
  optionalUrl,
  type EnvironmentOf,
} from "../shared/runtime/environment";
import { nonEmptyString } from "../shared/runtime/non-empty-string";

/** Who may call the API: `authorization` of deploy/30_app. */
const authorization = z.enum(["none", "iam", "jwt"]);
export type Authorization = z.output<typeof authorization>;

/** Headers that the function of CloudFront adds to each request, in place of those of the client. */
export const originSecretHeader = "x-origin-secret";
/** The IP address of the client. */
export const viewerAddressHeader = "x-viewer-address";

/** The environment of the API function; deploy/30_app/functions/api.ts sets it. */
export const apiEnvironment = z.extend(commonEnvironment, {
  /** The commit that was deployed, for GET /health. */
  COMMIT: nonEmptyString,
  /** For the OpenAPI document. API Gateway authorizes requests. */
  AUTHORIZATION: authorization,
  /** The URL of the API's domain name, for the OpenAPI document; absent when API Gateway generates its URL. */
  PUBLIC_URL: optionalUrl,
  /** The secret that CloudFront sends with each request; absent where requests need not come through CloudFront. */
  ORIGIN_SECRET_ARN: z.optional(z.string().check(z.startsWith("arn:"))),
  /** How long the values of that secret are used before they are read again. */
  ORIGIN_SECRET_MAX_AGE_SECONDS: optionalPositiveInteger,
  /** The cache that limits the rate of each caller, and the limit; absent without one. */
  CACHE_URL: optionalUrl,
  RATE_LIMIT_PER_MINUTE: optionalPositiveInteger,
  RATE_LIMIT_BURST: optionalPositiveInteger,
});
export type ApiEnvironment = EnvironmentOf<typeof apiEnvironment>;
