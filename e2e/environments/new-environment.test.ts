import { RepositoryCopy } from "../../scripts/testing/repository-copy";
import { accountClients, resourcesIn } from "../support/account";
import { cdktfIn, expectSuccess, scriptIn } from "../support/command";
import { layerOutputs } from "../support/outputs";
import { plannedChanges } from "../support/plan";
import { callApi } from "../support/signed-call";
import { testCloud, type TestCloud } from "../support/test-cloud";

/** An environment that was made a minute ago, by one command, in an account of its own. */
const name = "qa";
const accountId = "444444444444";

let local: TestCloud;
let copy: RepositoryCopy;
const target = () => ({ ...local.cloud.target, accountId });
const env = () => ({ ...local.cloud.env, AWS_ACCESS_KEY_ID: accountId, ENVIRONMENT: name });
const cloud = () => ({ ...local.cloud, env: env(), config: { ...local.cloud.config, name } });

jest.setTimeout(600_000);
beforeAll(async () => {
  local = await testCloud("dev");
  copy = new RepositoryCopy();
});
afterAll(async () => {
  copy.dispose();
  await local.dispose();
});

test("npm run new:env adds it, and says what to do next", async () => {
  const made = await scriptIn(copy.folder, env(), "new-env.ts", name);
  expectSuccess(made);
  expect(made.stdout).toContain(`wrote deploy/20_infra/environments/${name}/terraform.tfvars`);
  expect(made.stdout).toContain(`npm run bootstrap -- ${name}`);
  const twice = await scriptIn(copy.folder, env(), "new-env.ts", name);
  expect(twice).toMatchObject({ exitCode: 1 });
  expect(twice.stderr).toContain(`There is an environment ${name}.`);
});

test("it is applied as it is, answers, and has nothing left to change", async () => {
  expectSuccess(await scriptIn(copy.folder, env(), "bootstrap.ts", name));
  expectSuccess(await cdktfIn(copy.folder, env(), "deploy", `*-${name}`, "--auto-approve"));
  const url = (await layerOutputs(cloud(), local.home, "app"))("api_url");
  const body = JSON.stringify({ type: "echo", payload: { message: name } });
  const call = { method: "POST", path: "/tasks", body };
  expect((await callApi(url, target(), { ...call, signed: true })).status).toBe(202);
  expect(await plannedChanges(cloud(), local.home)).toEqual([]);
});

test("it is destroyed to nothing", async () => {
  expectSuccess(await cdktfIn(copy.folder, env(), "destroy", `*-${name}`, "--auto-approve"));
  expect(await resourcesIn(accountClients(target()))).toEqual([]);
});
