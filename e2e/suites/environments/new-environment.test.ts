import { join } from "node:path";
import * as z from "zod";
import { loadEnvironment } from "../../../deploy/config/load-environment";
import { acquireLock } from "../../../packages/local-cloud/src/acquire-lock";
import { childEnvironment } from "../../../packages/local-cloud/src/child-environment";
import { startEmulator, type Emulator } from "../../../packages/local-cloud/src/emulator";
import type { LocalCloudLock } from "../../../packages/local-cloud/src/local-cloud-lock";
import type { LocalCloud } from "../../../scripts/local/local-cloud";
import { findEmulator } from "../../../packages/local-cloud/src/ministack";
import { RepositoryCopy } from "../../../scripts/testing/repository-copy";
import { accountClients, resourcesIn } from "../../support/account";
import { cdktfIn, expectSuccess, scriptIn } from "../../support/command";
import { eventually } from "../../support/eventually";
import { layerOutputs } from "../../support/outputs";
import { plannedChanges } from "../../support/plan";
import { expectedStatus, callApi } from "../../support/signed-call";
import { testCloud, type TestCloud } from "../../support/test-cloud";
import { devPrefix } from "../../support/names";

/** An environment that `npm run new:env` adds to a copy of the repository, with a name that no team uses. */
const name = "brandnew";
const accountId = "999988887777";

let local: TestCloud;
let copy: RepositoryCopy;
/** Started for the new account, since the emulator accepts unsigned requests for one account only. */
let emulator: Emulator | undefined;
let lock: LocalCloudLock | undefined;
let cloud: LocalCloud;

jest.setTimeout(600_000);
beforeAll(async () => {
  local = await testCloud("dev");
  copy = new RepositoryCopy();
});
afterAll(async () => {
  copy.dispose();
  await emulator?.stop();
  lock?.release();
  await local.dispose();
});

test("npm run new:env writes its tfvars once, and prints the next commands", async () => {
  const { env } = local.cloud;
  const created = await scriptIn(copy.folder, env, "new-env", name, "--from", "dev", "--account", accountId);
  expectSuccess(created);
  expect(created.stdout).toContain(`wrote deploy/20_infra/environments/${name}/terraform.tfvars`);
  expect(created.stdout).toContain(`npm run bootstrap -- ${name} --aws`);
  const again = await scriptIn(copy.folder, env, "new-env", name);
  expect(again).toMatchObject({ exitCode: 1 });
  expect(again.stderr).toContain(`There is an environment ${name}.`);
});

test("the new environment has the settings and resources of the one that it copies", async () => {
  expectSuccess(await scriptIn(copy.folder, local.cloud.env, "build"));
  const compared = await scriptIn(copy.folder, local.cloud.env, "diff-env", "dev", name);
  expectSuccess(compared);
  expect(compared.stdout.trim()).toBe("0 values differ, 0 resources are in one only.");
});

test("npm run bootstrap and cdktf deploy create it without further edits", async () => {
  const { home, port, cloud: opened } = local;
  const config = await loadEnvironment(name, join(copy.folder, "deploy"));
  await local.stop();
  const program = await findEmulator(home, () => undefined);
  lock = await acquireLock(home, opened.target.endpoint);
  emulator = await startEmulator({ paths: home, lock, program, port, accountId, region: config.core.region });
  const target = { ...opened.target, accountId };
  const env = {
    ...childEnvironment(target, opened.terraform),
    ENVIRONMENT: name,
    CDKTF_OUTPUT: home.stacks,
  };
  cloud = { ...opened, config, emulator, lock, target, env };
  expectSuccess(await scriptIn(copy.folder, env, "bootstrap", name, "--aws"));
  expectSuccess(await cdktfIn(copy.folder, env, "deploy", `*-${name}`, "--auto-approve"));
});

test("the new environment accepts callers that its authorization allows, and rejects others", async () => {
  const url = (await layerOutputs(cloud, local.home, "app"))("api_url");
  const call = (method: string, path: string, body: string | undefined, signed: boolean) =>
    callApi(url, cloud.target, { method, path, body, signed });
  const body = JSON.stringify({ type: "echo", payload: { message: name } });
  const { signed, unsigned } = expectedStatus[cloud.config.app.authorization];
  expect((await call("POST", "/tasks", body, false)).status).toBe(unsigned);
  const accepted = await call("POST", "/tasks", body, true);
  expect(accepted.status).toBe(signed);
  const task = z.object({ id: z.string(), state: z.string() });
  const { id } = task.parse(JSON.parse(accepted.body));
  await eventually(`task ${id} has succeeded`, 30, async () => {
    const { state } = task.parse(JSON.parse((await call("GET", `/tasks/${id}`, undefined, true)).body));
    return state === "succeeded" ? true : undefined;
  });
});

test("a second plan has no changes", async () => {
  expect(await plannedChanges(cloud, local.home)).toEqual([]);
});

test("cdktf destroy deletes all its resources", async () => {
  const clients = accountClients(cloud.target);
  expect(await resourcesIn(clients)).toContain(`functions: ${devPrefix.replace(/dev$/, name)}-api`);
  expectSuccess(await cdktfIn(copy.folder, cloud.env, "destroy", `*-${name}`, "--auto-approve"));
  expect(await resourcesIn(clients)).toEqual([]);
});
