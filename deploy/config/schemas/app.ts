import * as z from "zod";

/** MB, and CPU in proportion: one vCPU at 1,769, https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const memory = z.int().min(128).max(10_240);
/** Instances kept for, and the most of, a function; left out, it shares the account's. */
const reservedConcurrency = z.int().min(0).optional();

/**
 * OpenID Connect Discovery: https, no query, no fragment. On loopback addresses http is accepted.
 * Upper case in the path is accepted: API Gateway compares the URL with the claim `iss`, character by character.
 */
function isIssuer(text: string): boolean {
  // API Gateway appends /.well-known/openid-configuration itself.
  if (!/^https?:\/\/[!-~]+$/.test(text) || /[?#@\\]|\/\.well-known\//.test(text) || !URL.canParse(text))
    return false;
  const { protocol, hostname, origin } = new URL(text);
  const isHere = hostname === "127.0.0.1" || hostname === "localhost";
  return text.startsWith(origin) && (protocol === "https:" || isHere);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const largestAudience = 50;

/** `deploy/30_app/environments/<environment>/terraform.tfvars` */
export const appConfig = z.strictObject({
  /** The least of what the functions log, and the least that Lambda keeps of it. */
  log_level: z.enum(["DEBUG", "INFO", "WARN", "ERROR"]),
  /** The least of what Lambda itself logs: starts, ends and reports of invocations are INFO. */
  system_log_level: z.enum(["DEBUG", "INFO", "WARN"]),
  /**
   * Who may call the API: anyone, callers with IAM credentials, or bearers of a token with the route's scope.
   * The health check is always open: docs/authorization.md.
   */
  authorization: z.enum(["none", "iam", "jwt"]),
  /** Whose tokens are taken; for `authorization = "jwt"` only. */
  jwt: z
    .strictObject({
      /** API Gateway reads the issuer's keys from `<issuer>/.well-known/openid-configuration`. */
      issuer: z
        .string()
        .max(512)
        .refine(
          isIssuer,
          'an https URL such as "https://login.example.com", in ASCII, without query, fragment, user and /.well-known/ (http on loopback only)',
        ),
      /** A token must be meant for one of these: its `aud`, or its `client_id`. */
      audience: z
        .array(
          z.string().regex(/^[!-~]{1,1000}$/, "an audience of up to 1,000 ASCII characters without spaces"),
        )
        .min(1)
        .max(largestAudience)
        .refine((all) => new Set(all).size === all.length, "each audience once"),
    })
    .optional(),
  api: z.strictObject({
    memory_mb: memory,
    /** The HTTP API gives up after 30 s; the function must answer before. */
    timeout_seconds: z.int().min(1).max(29),
    reserved_concurrency: reservedConcurrency,
  }),
  worker: z.strictObject({
    memory_mb: memory,
    /** Messages that the worker gets at once. */
    batch_size: z.int().min(1).max(10_000),
    /** Batches at once; SQS event sources accept 2 and more. */
    maximum_concurrency: z.int().min(2).max(1_000),
    /** How long the value of a secret is used before it is read again: a rotation is seen after that. */
    secret_max_age_seconds: z.int().min(1).max(3_600),
    reserved_concurrency: reservedConcurrency,
  }),
  producer: z.strictObject({
    memory_mb: memory,
    /** For a sweep of the outbox, or the task of one slot. */
    timeout_seconds: z.int().min(1).max(900),
    reserved_concurrency: reservedConcurrency,
  }),
});
export type AppConfig = z.output<typeof appConfig>;
