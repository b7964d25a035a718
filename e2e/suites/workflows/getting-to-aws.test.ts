import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { build } from "../../../scripts/build/build";
import { functionNames, root } from "../../../scripts/build/paths";
import { acquireLock } from "../../../packages/local-cloud/src/acquire-lock";
import { childEnvironment } from "../../../packages/local-cloud/src/child-environment";
import { run } from "../../../packages/local-cloud/src/command";
import { startEmulator, type Emulator } from "../../../packages/local-cloud/src/emulator";
import { localPaths } from "../../../packages/local-cloud/src/local-paths";
import type { LocalCloudLock } from "../../../packages/local-cloud/src/local-cloud-lock";
import { findEmulator } from "../../../packages/local-cloud/src/ministack";
import { findTerraform } from "../../../packages/local-cloud/src/terraform";
import { expectSuccess } from "../../support/command";
import { freePort } from "../../../packages/aws-stub/src/loopback";
import { migrationsName } from "../../../deploy/shared/naming";
import { devPrefix } from "../../support/names";

const page = readFileSync(join(root, "docs", "getting-to-aws.md"), "utf8");
const commands = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = ""]) =>
  block.trim().split("\n"),
);
const account = "444455556666";
const region = "eu-central-1";

let folder: string;
let emulator: Emulator;
let lock: LocalCloudLock;

jest.setTimeout(900_000);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "newcomer-"));
  const home = localPaths({ ...process.env, LOCAL_CLOUD_HOME: join(folder, "cloud") });
  const program = await findEmulator(home, () => undefined);
  const port = await freePort();
  lock = await acquireLock(home, `http://127.0.0.1:${port}`);
  emulator = await startEmulator({ paths: home, lock, program, port, accountId: account, region });
});
afterAll(async () => {
  await emulator.stop();
  lock.release();
  rmSync(folder, { recursive: true, force: true });
});

test("the commands of docs/getting-to-aws.md lead from an empty account to a created task", async () => {
  expect(commands).toHaveLength(9);
  expect(commands[0]).toBe("npm ci");
  const clone = join(folder, "clone");
  expectSuccess(await run("git", ["clone", "--quiet", root, clone], process.env));
  const home = localPaths({ ...process.env, LOCAL_CLOUD_HOME: join(folder, "cloud") });
  const target = { endpoint: emulator.endpoint, accountId: account, region };
  const env = childEnvironment(target, await findTerraform(home));
  // Not every system resolves subdomains of localhost.
  writeFileSync(join(folder, ".curlrc"), `resolve = "*:${new URL(emulator.endpoint).port}:127.0.0.1"\n`);
  // In one shell, so that exported variables stay set.
  const script = ["set -euo pipefail", ...commands].join("\n");
  const result = await run("bash", ["-c", script], { ...env, HUSKY: "0", CURL_HOME: folder }, clone);
  expectSuccess(result);
  expect(result.stdout).toContain(`${devPrefix}-tfstate-${account}`);
  expect(result.stdout.trim().split("\n").at(-1)).toMatch(/^\{"id":"\w{26}","type":"echo","state":"pending"/);

  // The zips are reproducible: this repository and the clone have different folders and installations.
  const zips = await build(join(folder, "build"));
  const others = ["layer", "postgres-layer", "valkey-layer", migrationsName];
  const expected = [...functionNames, ...others].map((name) => `${name}.zip`);
  expect(zips.map(({ path }) => basename(path)).sort()).toEqual(expected.sort());
  for (const { path } of zips) {
    const ofClone = readFileSync(join(clone, ".build", basename(path)));
    expect([basename(path), ofClone.equals(readFileSync(path))]).toEqual([basename(path), true]);
  }
});
