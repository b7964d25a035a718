import * as z from "zod";
import { setting } from "./setting";

const memory = setting(
  "MB, and CPU in proportion: one vCPU at 1,769, https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html",
  z.int().min(128).max(10_240),
);
const reservedConcurrency = setting(
  "The concurrency that Lambda reserves for a function, and its maximum; without it the function shares the account's.",
  z.int().min(0).optional(),
);

/**
 * OpenID Connect Discovery: https, no query, no fragment. On loopback addresses http is accepted.
 * Upper case in the path is accepted: API Gateway compares the URL with the claim `iss`, character by character.
 */
function isIssuer(value: string): boolean {
  // API Gateway appends /.well-known/openid-configuration itself.
  if (!/^https?:\/\/[!-~]+$/.test(value) || /[?#@\\]|\/\.well-known\//.test(value) || !URL.canParse(value))
    return false;
  const { protocol, hostname, origin } = new URL(value);
  const isLoopback = hostname === "127.0.0.1" || hostname === "localhost";
  return value.startsWith(origin) && (protocol === "https:" || isLoopback);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const largestAudience = 50;

/** `deploy/30_app/environments/<environment>/terraform.tfvars` */
export const appConfig = z.strictObject({
  log_level: setting(
    "The least severe level that the functions log and that Lambda keeps.",
    z.enum(["DEBUG", "INFO", "WARN", "ERROR"]),
  ),
  system_log_level: setting(
    "The least severe level of Lambda's own log entries; start, end and report of an invocation are INFO.",
    z.enum(["DEBUG", "INFO", "WARN"]),
  ),
  authorization: setting(
    "Who may call the API: anyone, callers with IAM credentials, or callers with a token that has the route's scope. The health check is always public: docs/authorization.md.",
    z.enum(["none", "iam", "jwt"]),
  ),
  jwt: setting(
    'The issuer of tokens; for `authorization = "jwt"` only.',
    z
      .strictObject({
        issuer: setting(
          "API Gateway loads the issuer's keys from `<issuer>/.well-known/openid-configuration`.",
          z
            .string()
            .max(512)
            .refine(
              isIssuer,
              'an https URL such as "https://login.example.com", in ASCII, without query, fragment, user and /.well-known/ (http on loopback only)',
            ),
        ),
        audience: setting(
          "A token's `aud`, or its `client_id`, must be one of these.",
          z
            .array(
              z
                .string()
                .regex(/^[!-~]{1,1000}$/, "an audience of up to 1,000 ASCII characters without spaces"),
            )
            .min(1)
            .max(largestAudience)
            .refine((all) => new Set(all).size === all.length, "each audience once"),
        ),
      })
      .optional(),
  ),
  api: z.strictObject({
    memory_mb: memory,
    timeout_seconds: setting(
      "The HTTP API's timeout is 30 s; the function's must be shorter.",
      z.int().min(1).max(29),
    ),
    reserved_concurrency: reservedConcurrency,
  }),
  worker: z.strictObject({
    memory_mb: memory,
    batch_size: setting("Messages in a batch, at most.", z.int().min(1).max(10_000)),
    maximum_concurrency: setting(
      "Concurrent batches, at most; SQS event sources accept 2 and more.",
      z.int().min(2).max(1_000),
    ),
    secret_max_age_seconds: setting(
      "How long the worker caches the value of a secret, and so the delay until it uses a rotated value.",
      z.int().min(1).max(3_600),
    ),
    reserved_concurrency: reservedConcurrency,
  }),
  producer: z.strictObject({
    memory_mb: memory,
    timeout_seconds: setting(
      "Timeout of a sweep of the outbox, or of the submission of one scheduled task.",
      z.int().min(1).max(900),
    ),
    reserved_concurrency: reservedConcurrency,
  }),
});
export type AppConfig = z.output<typeof appConfig>;
