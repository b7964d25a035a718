import { createHmac } from "node:crypto";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { layers } from "../../../../deploy/shared/layers";
import { root } from "../../../../scripts/build/paths";
import { localClientConfig, stateClients } from "../../../../packages/local-cloud/src/aws-clients";
import { run } from "../../../../packages/local-cloud/src/command";
import { bin, expectSuccess } from "../../../support/command";
import { eventually } from "../../../support/eventually";
import { liveFunctions } from "../../../support/deployed-functions";
import type { E2eEnvironment } from "../../../support/e2e-environment";

const values = ["first-value-of-the-key", "second-value-of-the-key"] as const;
const document = "I owe you";
const signatureBy = (key: string) => createHmac("sha256", key).update(document).digest("base64url");

/** Secrets have their values beside Terraform, and change without it. */
export function secretSteps(e2e: () => E2eEnvironment): void {
  const set = (name: string, input: string) => {
    const { env } = e2e().local.cloud;
    return run(bin("tsx"), ["scripts/cli.ts", "secret", "dev", name, "--aws"], env, root, input);
  };
  const sign = async () => {
    const { api } = e2e().service;
    const { id } = await api.create("document.sign", { document });
    return id;
  };
  const signature = async (id: string) => {
    const { result } = await e2e().service.api.until(id, "succeeded");
    return (result as { signature: string }).signature;
  };

  test("a task whose secret has no value says so, waits, and is done when it has one", async () => {
    const id = await sign();
    await eventually("the attempt to fail", 20, async () => {
      const { error } = (await e2e().service.repository.get(id)) ?? {};
      return error?.includes("The secret signing-key could not be read") ? true : undefined;
    });
    const said = await set("signing-key", `${values[0]}\n`);
    expectSuccess(said);
    expect(said.stdout).toMatch(/tasks-dev-signing-key: set, version \S+; used within 5 s/);
    expect(said.stdout).not.toContain(values[0]);
    expect(await signature(id)).toBe(signatureBy(values[0]));
  });

  test("a new value is used without a deployment", async () => {
    const before = await liveFunctions(e2e().account.lambda, "dev");
    expectSuccess(await set("signing-key", values[1]));
    await eventually("the new value to sign", 30, async () =>
      (await signature(await sign())) === signatureBy(values[1]) ? true : undefined,
    );
    expect(await liveFunctions(e2e().account.lambda, "dev")).toEqual(before);
  });

  test("the values are in no state, no function's environment and no log", async () => {
    const { config, target } = e2e().local.cloud;
    const { s3 } = stateClients(localClientConfig(target));
    const { lambda, logs } = e2e().account;
    const states = layers.map(async (layer) => {
      const { bucket: Bucket, key: Key } = config.backends[layer];
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return (await Body?.transformToString()) ?? "";
    });
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand());
    const lines = Functions.map(async ({ FunctionName = "" }) => {
      const logGroupName = `/aws/lambda/${FunctionName}`;
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
      return events.map(({ message = "" }) => message).join("\n");
    });
    const everything = [...(await Promise.all([...states, ...lines])), JSON.stringify(Functions)].join("\n");
    // It is the right place to look: the secret's ARN is in the state and in the environment.
    expect(everything.split("secret:tasks-dev-signing-key").length).toBeGreaterThan(2);
    for (const value of values) expect(everything).not.toContain(value);
  });

  test.each([
    ["nothing", "value", "Expected one of the secrets that task types declare (signing-key)"],
    ["signing-key", "\n", "Expected a value of 1 to 65536 bytes on standard input, found 0"],
  ])("npm run cli -- secret dev %s is refused for %j", async (name, input, reason) => {
    const said = await set(name, input);
    expect(said.exitCode).toBe(2);
    expect(said.stderr).toContain(reason);
  });
}
