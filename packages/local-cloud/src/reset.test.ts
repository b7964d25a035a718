import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalCloudLock, lockHolder } from "./local-cloud-lock";
import { localPaths } from "./local-paths";
import { resetLocalCloud } from "./reset";

const paths = localPaths({
  LOCAL_CLOUD_HOME: mkdtempSync(join(tmpdir(), "reset-")),
  LOCAL_CLOUD_TOOLS: "/nowhere",
});
afterAll(() => {
  rmSync(paths.folder, { recursive: true });
});
beforeEach(() => {
  for (const folder of [
    paths.emulatorState,
    join(paths.emulatorObjects, "bucket"),
    paths.stacks,
    join(paths.databases, "dev"),
    paths.pluginCache,
  ])
    mkdirSync(folder, { recursive: true });
  writeFileSync(join(paths.emulatorObjects, "bucket", "object"), "not empty");
  writeFileSync(paths.applied("dev"), "{}");
});

test("everything that the local cloud holds is removed, a bucket with objects included; providers are kept", async () => {
  await resetLocalCloud(paths);
  const { emulatorState, emulatorObjects, stacks, databases } = paths;
  for (const path of [emulatorState, emulatorObjects, stacks, databases, paths.applied("dev")])
    expect([path, existsSync(path)]).toEqual([path, false]);
  expect(existsSync(paths.pluginCache)).toBe(true);
  expect(lockHolder(paths)).toBeUndefined();
});

test("a running local cloud is not reset", async () => {
  const lock = LocalCloudLock.acquire(paths, "http://127.0.0.1:4566");
  await expect(resetLocalCloud(paths)).rejects.toThrow(
    `already running at http://127.0.0.1:4566: process ${process.pid}`,
  );
  expect(existsSync(join(paths.emulatorObjects, "bucket", "object"))).toBe(true);
  lock.release();
});
