import * as z from "zod";
import { environmentNames } from "../../deploy/shared/environments";
import { accountClients, resourcesIn } from "../support/account";
import { cdktf, expectSuccess } from "../support/command";
import { eventually } from "../support/eventually";
import { layerOutputs } from "../support/outputs";
import { plannedChanges } from "../support/plan";
import { callApi } from "../support/signed-call";
import { testCloud, type TestCloud } from "../support/test-cloud";

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

  test("answers callers with credentials of the account, and no other", async () => {
    const body = JSON.stringify({ type: "echo", payload: { message: environment } });
    expect(await call("POST", "/tasks", body, false)).toMatchObject({ status: 403 });
    const accepted = await call("POST", "/tasks", body, true);
    expect(accepted).toMatchObject({ status: 202 });
    const { id } = task.parse(JSON.parse(accepted.body));
    await eventually("the worker's result", 30, async () => {
      const { state } = task.parse(JSON.parse((await call("GET", `/tasks/${id}`, undefined, true)).body));
      return state === "succeeded" ? true : undefined;
    });
  });

  test("has nothing left to change", async () => {
    expect(await plannedChanges(local.cloud, local.home)).toEqual([]);
  });
});
