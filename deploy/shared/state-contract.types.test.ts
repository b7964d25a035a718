/**
 * What must not compile. Each `@ts-expect-error` is itself checked by `npm run cli -- check lint`: were the line below it
 * to compile, the check would fail.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiEnvironment } from "@serverless-tasks/functions/api/env";
import type { ApiEnvironment } from "@serverless-tasks/functions/api/env";
import { Testing, TerraformStack } from "cdktf";
import type { Contract, Outputs, Published } from "./state-contract";
import { publish } from "./state-contract";

const contract = {
  url: "string",
  key_arn: "optional string",
  tags: "string map",
} as const satisfies Contract;
const url = "https://example.com";
const tags = { Owner: "platform" };

test("a publisher passes every output of its contract and no other", () => {
  const complete: Published<typeof contract> = { url, key_arn: undefined, tags };
  // @ts-expect-error an output was removed by the publisher
  const removed: Published<typeof contract> = { url, key_arn: undefined };
  // @ts-expect-error an output was added by the publisher
  const added: Published<typeof contract> = { url, key_arn: undefined, tags, extra: url };
  // @ts-expect-error an output was renamed by the publisher
  const renamed: Published<typeof contract> = { uri: url, key_arn: undefined, tags };
  // @ts-expect-error an optional output must be stated, if only as undefined
  const forgotten: Published<typeof contract> = { url, tags };
  expect([complete, removed, added, renamed, forgotten]).toHaveLength(5);
});

test("a reader knows the outputs of the contract and no other", () => {
  const read = (outputs: Outputs<typeof contract>) => [
    outputs.url,
    // @ts-expect-error an output that the contract does not have
    outputs.uri as unknown,
    // @ts-expect-error an optional output must be checked before it is used
    outputs.key_arn.length as unknown,
  ];
  expect(read).toBeDefined();
});

test("a function's environment has every variable of its schema", () => {
  const complete: ApiEnvironment = {
    SERVICE_NAME: "api",
    PROJECT: "tasks",
    ENVIRONMENT: "dev",
    SERVICE_VERSION: "1.0.0",
    COMMIT: "0123abc",
    AUTHORIZATION: "none",
    PUBLIC_URL: undefined,
    ORIGIN_SECRET_ARN: undefined,
    ORIGIN_SECRET_MAX_AGE_SECONDS: undefined,
    CACHE_URL: undefined,
    RATE_LIMIT_PER_MINUTE: undefined,
    RATE_LIMIT_BURST: undefined,
    LOG_LEVEL: "INFO",
    TASK_QUEUE_URL: url,
    TABLE_NAME: undefined,
    DATABASE_URL: undefined,
    TASK_RETENTION_DAYS: undefined,
  };
  const { COMMIT, ...rest } = complete;
  // @ts-expect-error a variable is missing
  const incomplete: ApiEnvironment = rest;
  // @ts-expect-error a variable that no function reads
  const surplus: ApiEnvironment = { ...complete, COLOUR: "red" };
  expect(apiEnvironment.safeParse(complete).success).toBe(true);
  expect(apiEnvironment.safeParse(incomplete).success).toBe(false);
  expect([COMMIT, surplus]).toHaveLength(2);
});

test("an output that is turned off is not published", () => {
  const outdir = mkdtempSync(join(tmpdir(), "stack-"));
  const stack = new TerraformStack(Testing.app({ outdir }), "stack");
  publish(stack, contract, { url, key_arn: undefined, tags });
  const synthesized = Testing.synth(stack);
  rmSync(outdir, { recursive: true });
  expect(JSON.parse(synthesized)).toMatchObject({
    output: { url: { value: url }, tags: { value: tags } },
  });
  expect(synthesized).not.toContain("key_arn");
});
