import * as z from "zod";
import { environmentNames } from "../../../deploy/config/environments";
import { accountClients, resourcesIn } from "../../support/account";
import { RepositoryCopy } from "../../../scripts/testing/repository-copy";
import { cdktf, cdktfIn, expectSuccess, scriptIn } from "../../support/command";
import { eventually } from "../../support/eventually";
import { layerOutputs } from "../../support/outputs";
import { plannedChanges } from "../../support/plan";
import { expectedStatus, callApi } from "../../support/signed-call";
import { testCloud, type TestCloud } from "../../support/test-cloud";
import { prefixOf } from "../../support/names";

/**
 * Every environment except dev, which `npm test` deploys, unless it is the only one. All are on one emulator, each in its own account. The emulator
 * is restarted for each of them, since it accepts unsigned requests for one account only.
 */
const others = environmentNames().filter((name) => name !== "dev");
const environments = others.length > 0 ? others : ["dev"];
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

  test("cdktf deploy creates its resources, all named after the environment", async () => {
    await local.stop();
    await local.open(environment);
    expectSuccess(await cdktf(local.cloud.env, "deploy", `*-${environment}`, "--auto-approve"));
    apiUrl = (await layerOutputs(local.cloud, local.home, "app"))("api_url");
    const resources = await resourcesIn(accountClients(local.cloud.target));
    expect(resources).toContain(`functions: ${prefixOf(environment)}-api`);
    expect(
      resources.filter((name) => !name.includes(prefixOf(environment)) && !name.startsWith("mappings")),
    ).toEqual([]);
  });

  test("accepts callers that its authorization allows, and rejects others", async () => {
    const body = JSON.stringify({ type: "echo", payload: { message: environment } });
    const { authorization } = local.cloud.config.app;
    const { signed, unsigned } = expectedStatus[authorization];
    expect(await call("POST", "/tasks", body, false)).toMatchObject({ status: unsigned });
    const accepted = await call("POST", "/tasks", body, true);
    expect(accepted).toMatchObject({ status: signed });
    // Without an issuer there is no token; authorization.test.ts has one.
    if (authorization === "jwt") return;
    const { id } = task.parse(JSON.parse(accepted.body));
    await eventually(`task ${id} has succeeded`, 30, async () => {
      const { state } = task.parse(JSON.parse((await call("GET", `/tasks/${id}`, undefined, true)).body));
      return state === "succeeded" ? true : undefined;
    });
  });

  test("a second plan has no changes", async () => {
    expect(await plannedChanges(local.cloud, local.home)).toEqual([]);
  });

  test("npm run destroy deletes all resources, and none while the environment is protected", async () => {
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
        copy.setSetting("core", environment, "protected", "false");
        copy.setSetting("infra", environment, "table.deletion_protection", "false");
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
