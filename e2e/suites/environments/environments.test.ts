import * as z from "zod";
import { environmentNames } from "../../../deploy/config/environments";
import { accountClients, resourcesIn } from "../../support/account";
import { RepositoryCopy } from "../../../scripts/testing/repository-copy";
import { cdktf, cdktfIn, expectSuccess, scriptIn } from "../../support/command";
import { eventually } from "../../support/eventually";
import { layerOutputs } from "../../support/outputs";
import { plannedChanges } from "../../support/plan";
import { admission, callApi } from "../../support/signed-call";
import { testCloud, type TestCloud } from "../../support/test-cloud";

/**
 * Every environment but dev, which `npm test` walks: side by side on one emulator, each in its own account, which the
 * emulator is opened for in turn since it takes unsigned calls for that account only.
 */
const environments = environmentNames().filter((name) => name !== "dev");
let local: TestCloud;

jest.setTimeout(600_000);
beforeAll(async () => {
  local = await testCloud("dev");
});
afterAll(() => local.dispose());

const task = z.object({ id: z.string(), state: z.string() });

describe.each(environments)("%s", (environment) => {
  let apiUrl: string;
  const call = (method: string, path: string, body: string | undefined, signed: boolean) =>
    callApi(apiUrl, local.cloud.target, { method, path, body, signed });

  test("is applied, layer by layer", async () => {
    await local.stop();
    await local.open(environment);
    expectSuccess(await cdktf(local.cloud.env, "deploy", `*-${environment}`, "--auto-approve"));
    apiUrl = (await layerOutputs(local.cloud, local.home, "app"))("api_url");
    const resources = await resourcesIn(accountClients(local.cloud.target));
    expect(resources).toContain(`functions: tasks-${environment}-api`);
    expect(
      resources.filter((name) => !name.includes(`tasks-${environment}`) && !name.startsWith("mappings")),
    ).toEqual([]);
  });

  test("answers those whom its authorization lets in, and no other", async () => {
    const body = JSON.stringify({ type: "echo", payload: { message: environment } });
    const { authorization } = local.cloud.config.app;
    const { signed, unsigned } = admission[authorization];
    expect(await call("POST", "/tasks", body, false)).toMatchObject({ status: unsigned });
    const accepted = await call("POST", "/tasks", body, true);
    expect(accepted).toMatchObject({ status: signed });
    // There is nobody here who could give a token.
    if (authorization === "jwt") return;
    const { id } = task.parse(JSON.parse(accepted.body));
    await eventually("the worker's result", 30, async () => {
      const { state } = task.parse(JSON.parse((await call("GET", `/tasks/${id}`, undefined, true)).body));
      return state === "succeeded" ? true : undefined;
    });
  });

  test("has nothing left to change", async () => {
    expect(await plannedChanges(local.cloud, local.home)).toEqual([]);
  });

  test("is destroyed to nothing, but while it is protected not at all", async () => {
    const { cloud, home, port } = local;
    const copy = new RepositoryCopy();
    const variables = {
      ...process.env,
      LOCAL_CLOUD_HOME: home.folder,
      LOCAL_CLOUD_TOOLS: home.tools,
    };
    const destroy = async () => {
      const before = await resourcesIn(accountClients(cloud.target));
      await local.stop();
      const result = await scriptIn(
        copy.folder,
        variables,
        "destroy",
        ...[environment, "--port", String(port)],
      );
      await local.open(environment);
      return { ...result, before, after: await resourcesIn(accountClients(cloud.target)) };
    };
    try {
      if (cloud.config.core.protected) {
        const refused = await destroy();
        expect(refused.exitCode).toBe(1);
        expect(refused.stderr).toContain(
          `deploy/10_core/environments/${environment}/terraform.tfvars: protected = false`,
        );
        expect(refused.after).toEqual(refused.before);
        const edit = (layer: string, setting: RegExp) => {
          copy.edit(`deploy/${layer}/environments/${environment}/terraform.tfvars`, setting, "$1false");
        };
        edit("10_core", /(protected\s*= )true/);
        edit("20_infra", /(deletion_protection\s*= )true/);
        expectSuccess(
          await cdktfIn(copy.folder, local.cloud.env, "deploy", `*-${environment}`, "--auto-approve"),
        );
      }
      const destroyed = await destroy();
      expectSuccess(destroyed);
      expect(destroyed.before).not.toEqual([]);
      expect(destroyed.after).toEqual([]);
    } finally {
      copy.dispose();
    }
  });
});
