import {
  consumedQueues,
  functionNames,
  taskFunctions,
  type ConsumerName,
  type FunctionName,
} from "@serverless-tasks/functions/service";
import { settingNames, settings } from "@serverless-tasks/functions/settings";
import * as z from "zod";
import { eachOf, except } from "../../shared/each-of";
import { percent, setting } from "./setting";

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

const batchSize = setting("Messages in a batch, at most.", z.int().min(1).max(10_000));
const maximumConcurrency = setting(
  "Concurrent batches, at most; SQS event sources accept 2 and more.",
  z.int().min(2).max(1_000),
);

const defaultMemory = memory.default(512);

/** A function that consumes a queue; its timeout is that of the queue's worker. */
const otherConsumer = z
  .strictObject({
    memory_mb: defaultMemory,
    batch_size: batchSize.default(10),
    maximum_concurrency: maximumConcurrency.default(2),
    reserved_concurrency: reservedConcurrency,
  })
  .prefault({});

/** A function that consumes no queue. */
const otherFunction = z
  .strictObject({
    memory_mb: defaultMemory,
    timeout_seconds: setting("The function's timeout.", z.int().min(1).max(900)).default(30),
    reserved_concurrency: reservedConcurrency,
  })
  .prefault({});

const watchSeconds = z.int().min(0).max(1_200);

/** How new versions of the functions become live: docs/operations/releases.md. */
const release = z
  .strictObject({
    watch_seconds: setting(
      "How long a release watches alarms, errors and durations once its versions are live; it moves the aliases back when they fail. Alarms need minutes to start.",
      watchSeconds.default(0),
    ),
    canary_percent: setting(
      "The share of the invocations that the new versions get first, by the routing of the aliases; 0: all at once.",
      z.int().min(0).max(50).default(0),
    ),
    canary_seconds: setting(
      "How long the new versions get that share. Alarms need two datapoints of a minute.",
      watchSeconds.default(0),
    ),
    kept_releases: setting(
      "How many releases are kept as targets of a rollback. Versions of older ones are deleted: Lambda stores 75 GB of code and layers in a region.",
      z.int().min(2).max(100).default(10),
    ),
  })
  .prefault({});

const others = except(functionNames, taskFunctions);
const isConsumer = (name: FunctionName): name is ConsumerName => consumedQueues(name).length > 0;
const consumers = except(functionNames.filter(isConsumer), ["worker"]);

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
  tracing_mode: setting(
    "Active: Lambda records the first invocation of each second and 5 % of the others, and those whose caller samples them. PassThrough: only those whose caller samples them. Lambda has no other sampling: docs/operations.",
    z.enum(["Active", "PassThrough"]).default("Active"),
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
  in_network: setting(
    "Whether the functions are in the network of deploy/20_infra: docs/operations/network.md.",
    z.boolean().default(false),
  ),
  alarms: z.strictObject({
    function_error_percent: setting(
      "Invocations of the API and the worker that may fail, in 2 of 3 minutes; those of the producer may not.",
      percent.default(1),
    ),
    duration_percent: setting(
      "The slowest hundredth of a function's durations, in percent of its timeout: above 80 the next slowdown is a timeout.",
      percent.default(80),
    ),
    concurrency_percent: setting(
      "Concurrent executions in percent of the reserved concurrency: above 80 the next peak is throttled.",
      percent.default(80),
    ),
  }),
  release,
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
    batch_size: batchSize,
    maximum_concurrency: maximumConcurrency,
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
  ...eachOf(consumers, () => otherConsumer),
  ...eachOf(except(others, consumers), () => otherFunction),
  // Without any setting, tfvars need not have the object.
  settings: settingNames.length > 0 ? settings : z.optional(settings),
});
export type AppConfig = z.output<typeof appConfig>;
