import { PutObjectCommand } from "@aws-sdk/client-s3";
import { localClientConfig, stateClients } from "../../../packages/local-cloud/src/aws-clients";
import { mismatchedStates } from "../../../scripts/local/state-digest";
import { accountClients, resourcesIn } from "../../support/account";
import type { TestCloud } from "../../support/test-cloud";
import { HeldStack } from "./held-stack";

/** The digest in the lock table does not match the state in S3, although the emulator was stopped normally. */
export function mismatchSteps(local: () => TestCloud): void {
  test("the local cloud starts empty when Terraform would reject its state", async () => {
    const stack = HeldStack.copy(local(), "mismatched");
    stack.change("mismatched");
    await stack.apply();
    const { config, target } = local().cloud;
    const clients = stateClients(localClientConfig(target));
    const { bucket, key } = config.backends.core;
    await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: "{}" }));
    expect(await mismatchedStates(config, clients)).toEqual(["core"]);
    expect(await resourcesIn(accountClients(target))).not.toEqual([]);
    await local().stop();
    await local().open();
    expect(await mismatchedStates(config, clients)).toEqual([]);
    expect(await resourcesIn(accountClients(target))).toEqual([]);
  });
}
