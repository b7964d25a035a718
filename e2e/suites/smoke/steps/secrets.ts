import { createHmac } from "node:crypto";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import * as z from "zod";
import { layers } from "../../../../deploy/shared/layers";
import { runCli } from "../../../../scripts/testing/run-cli";
import { localClientConfig, stateClients } from "../../../../packages/local-cloud/src/aws-clients";
import { expectSuccess } from "../../../support/command";
import { eventually } from "../../../support/eventually";
import { liveFunctions } from "../../../support/deployed-functions";
import { testWith } from "../../../support/example-test";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { devPrefix } from "../../../support/names";

const values = ["first-value-of-the-key", "second-value-of-the-key"] as const;
const document = "a contract";
const signedResult = z.object({ signature: z.string() });
const signatureBy = (key: string) => createHmac("sha256", key).update(document).digest("base64url");

/** Values of secrets are set by `npm run cli -- secret`, not by Terraform. */
export function secretSteps(e2e: () => E2eEnvironment): void {
  const setSecret = (name: string, input: string) => {
    const { env } = e2e().local.cloud;
    return runCli(["secret", "dev", name, "--aws"], { env, input });
  };
  /** @returns the id of a task that signs the document */
  const createSigning = async () => {
    const { api } = e2e().service;
    const { id } = await api.create("document.sign", { document });
    return id;
  };
  const signature = async (id: string) => {
    const { result } = await e2e().service.api.until(id, "succeeded");
    return signedResult.parse(result).signature;
  };
  /** Sets the first value, which the step needs when it runs alone, and waits until the worker signs with it. */
  const signWithFirstValue = async () => {
    expectSuccess(await setSecret("signing-key", values[0]));
    await eventually("the worker signs with the first value", 30, async () =>
      (await signature(await createSigning())) === signatureBy(values[0]) ? true : undefined,
    );
  };

  testWith("document.sign")(
    "a task whose secret has no value reports the cause and succeeds once the value is set",
    async () => {
      const id = await createSigning();
      await eventually("the first attempt has failed", 20, async () => {
        const { error } = (await e2e().service.repository.get(id)) ?? {};
        return error?.includes("The secret signing-key could not be read") ? true : undefined;
      });
      const result = await setSecret("signing-key", `${values[0]}\n`);
      expectSuccess(result);
      const { secret_max_age_seconds } = e2e().local.cloud.config.app.worker;
      expect(result.stdout).toMatch(new RegExp(`${devPrefix}-signing-key: set, version \\S+; used within`));
      expect(result.stdout).toContain(`used within ${secret_max_age_seconds} s`);
      expect(result.stdout).not.toContain(values[0]);
      expect(await signature(id)).toBe(signatureBy(values[0]));
    },
  );

  testWith("document.sign")("a new value is used without a deployment", async () => {
    await signWithFirstValue();
    const before = await liveFunctions(e2e().account.lambda, "dev");
    expectSuccess(await setSecret("signing-key", values[1]));
    await eventually("the worker signs with the new value", 30, async () =>
      (await signature(await createSigning())) === signatureBy(values[1]) ? true : undefined,
    );
    expect(await liveFunctions(e2e().account.lambda, "dev")).toEqual(before);
  });

  testWith("document.sign")(
    "Terraform states, environment variables and logs do not contain the values",
    async () => {
      await signWithFirstValue();
      const { config, target } = e2e().local.cloud;
      const { s3 } = stateClients(localClientConfig(target));
      const { lambda, logs } = e2e().account;
      const states = layers.map(async (layer) => {
        const { bucket: Bucket, key: Key } = config.backends[layer];
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        return (await Body?.transformToString()) ?? "";
      });
      const { Functions = [] } = await lambda.send(new ListFunctionsCommand());
      const logLines = Functions.map(async ({ FunctionName = "" }) => {
        const logGroupName = `/aws/lambda/${FunctionName}`;
        const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
        return events.map(({ message = "" }) => message).join("\n");
      });
      const everything = [...(await Promise.all([...states, ...logLines])), JSON.stringify(Functions)].join(
        "\n",
      );
      // They do contain the ARN of the secret.
      expect(everything.split(`secret:${devPrefix}-signing-key`).length).toBeGreaterThan(2);
      for (const value of values) expect(everything).not.toContain(value);
    },
  );

  test.each([
    ["nothing", "value", "Expected one of the secrets that task types declare (signing-key)"],
    ["signing-key", "\n", "Expected a value of 1 to 65536 bytes on standard input, found 0"],
  ])("npm run cli -- secret dev %s rejects the input %j", async (name, input, reason) => {
    const result = await setSecret(name, input);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(reason);
  });
}
