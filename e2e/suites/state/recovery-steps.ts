import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { localClientConfig, stateClients } from "../../../packages/local-cloud/src/aws-clients";
import { takeLock } from "../../../packages/terraform-backend/src/lock-store";
import { parseState } from "../../../packages/terraform-backend/src/state-file";
import { readLocks, releaseLock } from "../../../scripts/state/locks";
import { expectSuccess, script } from "../../support/command";
import type { TestCloud } from "../../support/test-cloud";
import { HeldStack } from "./held-stack";

/** An earlier version of a state is restored. */
export function recoverySteps(local: () => TestCloud): void {
  const clients = () => stateClients(localClientConfig(local().cloud.target));
  const backend = () => local().cloud.config.backends.core;
  const state = (...parameters: string[]) =>
    script(local().cloud.env, "state", "dev", "core", ...parameters, "--aws");
  const object = () => ({ Bucket: backend().bucket, Key: backend().key });
  const current = async () => {
    const { Body } = await clients().s3.send(new GetObjectCommand(object()));
    return parseState((await Body?.transformToString()) ?? "");
  };
  let stack: HeldStack;
  let good: string;

  beforeAll(async () => {
    stack = HeldStack.copy(local(), "recovered");
    stack.change("recovered");
    await stack.apply();
  });

  test("state list prints the versions of a state with their serials and resources", async () => {
    const before = await current();
    expect(before?.resources.length).toBeGreaterThan(2);
    const { lineage = "", serial = 0 } = before ?? {};
    const empty = { version: 4, serial: serial + 1, lineage, outputs: {}, resources: [] };
    await clients().s3.send(new PutObjectCommand({ ...object(), Body: JSON.stringify(empty) }));
    const listed = await state("list");
    expectSuccess(listed);
    const [, newest = "", second = ""] = listed.stdout.split("\n");
    expect(newest).toMatch(new RegExp(`^  \\S+  \\S+Z  serial ${serial + 1}, 0 resources  \\(current\\)$`));
    expect(second).toMatch(new RegExp(`^  \\S+  \\S+Z  serial ${serial}, 3 resources$`));
    good = second.trim().split(" ")[0] ?? "";
    // The digest does not match: Terraform has not written this state.
    await expect(stack.apply()).rejects.toThrow("npm run cli -- repair dev");
  });

  test("the state that Terraform writes is encrypted by KMS", async () => {
    const written = new HeadObjectCommand({ ...object(), VersionId: good });
    expect((await clients().s3.send(written)).ServerSideEncryption).toBe("aws:kms");
  });

  test("a locked state is not restored, and the error names the holder of the lock", async () => {
    const Created = new Date().toISOString();
    const held = { ID: "a-lock", Who: "user@host", Operation: "OperationTypeApply", Created };
    expect(await takeLock(backend(), clients(), held)).toBe(true);
    try {
      const { exitCode, stderr } = await state("restore", good);
      expect(exitCode).toBe(1);
      expect(stderr).toContain("The state of core-dev is locked: user@host has held it for");
      expect(stderr).toContain("npm run cli -- locks dev --release a-lock");
      expect((await current())?.resources).toEqual([]);
      const wrong = await script(local().cloud.env, "locks", "dev", "--aws", "--release", "a-loc");
      expect(wrong.exitCode).toBe(1);
      expect(wrong.stdout).toMatch(/core {2}user@host has held it for \d+ s, .*, in the table and lockfile/);
      expect(wrong.stderr).toContain("the id of one that is held: a-lock");
    } finally {
      const { config } = local().cloud;
      for (const lock of await readLocks(config, clients())) await releaseLock(config, clients(), lock);
    }
  });

  test("state restore makes an earlier version the newest, and a plan has no changes", async () => {
    const { serial = 0 } = (await current()) ?? {};
    expect((await state("restore", "no-version")).stderr).toContain("has no version no-version");
    const restored = await state("restore", good);
    expectSuccess(restored);
    expect(restored.stdout).toContain(`core-dev has the state of version ${good} again: 3 resources`);
    expect((await current())?.serial).toBe(serial + 1);
    expect(await readLocks(local().cloud.config, clients())).toEqual([]);
    expect(await stack.isUpToDate()).toBe(true);
    expect((await state("list")).stdout).toMatch(/3 resources, restored by \S+@\S+ {2}\(current\)/);
    await stack.apply();
  });
}
