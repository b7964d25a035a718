import { PutObjectCommand } from "@aws-sdk/client-s3";
import { localClientConfig, stateClients } from "../../../packages/local-cloud/src/aws-clients";
import { mismatchedStates } from "../../../scripts/local/state-digest";
import { accountClients, resourcesIn } from "../../support/account";
import type { TestCloud } from "../../support/test-cloud";
import { HeldStack } from "./held-stack";

/** The state in S3 is not the one whose digest is in the table, although the emulator was shut down cleanly. */
export function mismatchSteps(local: () => TestCloud): void {
  test("a local cloud whose state Terraform would refuse begins empty", async () => {
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
