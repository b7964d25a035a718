import { join } from "node:path";
import * as z from "zod";
import { loadEnvironment } from "../../../deploy/config/load-environment";
import { lockHome } from "../../../packages/local-cloud/src/lock-home";
import { childEnvironment } from "../../../packages/local-cloud/src/child-environment";
import { startEmulator, type Emulator } from "../../../packages/local-cloud/src/emulator";
import type { HomeLock } from "../../../packages/local-cloud/src/home-lock";
import type { LocalCloud } from "../../../scripts/local/local-cloud";
import { findEmulator } from "../../../packages/local-cloud/src/ministack";
import { RepositoryCopy } from "../../../scripts/testing/repository-copy";
import { accountClients, resourcesIn } from "../../support/account";
import { cdktfIn, expectSuccess, scriptIn } from "../../support/command";
import { eventually } from "../../support/eventually";
import { layerOutputs } from "../../support/outputs";
import { plannedChanges } from "../../support/plan";
import { admission, callApi } from "../../support/signed-call";
import { testCloud, type TestCloud } from "../../support/test-cloud";

/** An environment that was made a minute ago, by one command, in an account of its own; no team's name for one. */
const name = "brandnew";
const accountId = "999988887777";

let local: TestCloud;
let copy: RepositoryCopy;
/** Opened for the new account, since it takes unsigned calls for one only. */
let emulator: Emulator | undefined;
let lock: HomeLock | undefined;
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

test("npm run new:env adds it, and says what to do next", async () => {
  const { env } = local.cloud;
  const made = await scriptIn(copy.folder, env, "new-env", name, "--account", accountId);
  expectSuccess(made);
  expect(made.stdout).toContain(`wrote deploy/20_infra/environments/${name}/terraform.tfvars`);
  expect(made.stdout).toContain(`npm run bootstrap -- ${name} --aws`);
  const twice = await scriptIn(copy.folder, env, "new-env", name);
  expect(twice).toMatchObject({ exitCode: 1 });
  expect(twice.stderr).toContain(`There is an environment ${name}.`);
});

test("it differs from the one that it was made from in nothing", async () => {
  expectSuccess(await scriptIn(copy.folder, local.cloud.env, "build"));
  const compared = await scriptIn(copy.folder, local.cloud.env, "diff-env", "stage", name);
  expectSuccess(compared);
  expect(compared.stdout.trim()).toBe("0 values differ, 0 resources are in one only.");
});

test("it is applied as it is, by the commands that were named", async () => {
  const { home, port, cloud: opened } = local;
  const config = await loadEnvironment(name, join(copy.folder, "deploy"));
  await local.stop();
  const program = await findEmulator(home, () => undefined);
  lock = await lockHome(home, opened.target.endpoint);
  emulator = await startEmulator({ home, lock, program, port, accountId, region: config.core.region });
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

test("it answers those whom its authorization lets in, and no other", async () => {
  const url = (await layerOutputs(cloud, local.home, "app"))("api_url");
  const call = (method: string, path: string, body: string | undefined, signed: boolean) =>
    callApi(url, cloud.target, { method, path, body, signed });
  const body = JSON.stringify({ type: "echo", payload: { message: name } });
  const { signed, unsigned } = admission[cloud.config.app.authorization];
  expect((await call("POST", "/tasks", body, false)).status).toBe(unsigned);
  const accepted = await call("POST", "/tasks", body, true);
  expect(accepted.status).toBe(signed);
  const task = z.object({ id: z.string(), state: z.string() });
  const { id } = task.parse(JSON.parse(accepted.body));
  await eventually("the worker's result", 30, async () => {
    const { state } = task.parse(JSON.parse((await call("GET", `/tasks/${id}`, undefined, true)).body));
    return state === "succeeded" ? true : undefined;
  });
});

test("it has nothing left to change", async () => {
  expect(await plannedChanges(cloud, local.home)).toEqual([]);
});

test("it is destroyed to nothing", async () => {
  const clients = accountClients(cloud.target);
  expect(await resourcesIn(clients)).toContain(`functions: tasks-${name}-api`);
  expectSuccess(await cdktfIn(copy.folder, cloud.env, "destroy", `*-${name}`, "--auto-approve"));
  expect(await resourcesIn(clients)).toEqual([]);
});
