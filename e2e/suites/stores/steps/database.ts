import { existsSync } from "node:fs";
import { join } from "node:path";
import { sign } from "aws4";
import * as z from "zod";
import { layers } from "../../../../deploy/shared/layers";
import { run } from "../../../../packages/local-cloud/src/command";
import { localCredentials } from "../../../../packages/local-cloud/src/child-environment";
import { databaseFolder } from "../../../../scripts/local/local-cloud";
import { resourcesIn } from "../../../support/account";
import { expectSuccess, script, scriptIn } from "../../../support/command";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { postgresStore } from "../../../support/deployed-store";
import { devPrefix } from "../../../support/names";
import { plannedChanges } from "../../../support/plan";

const planSummaries = z.array(z.object({ layer: z.string(), resources: z.array(z.unknown()) }));

/** Addresses in the states of all layers. */
async function inStates({ local: { cloud, home } }: E2eEnvironment): Promise<string[]> {
  const addresses: string[] = [];
  for (const layer of layers) {
    const folder = join(home.stacks, "stacks", `${layer}-${cloud.config.name}`);
    const result = await run(cloud.terraform.path, [`-chdir=${folder}`, "state", "list"], cloud.env);
    expectSuccess(result);
    addresses.push(...result.stdout.split("\n").filter((line) => line !== ""));
  }
  return addresses;
}

/** The response of RDS to the list of clusters. */
async function clusters({ local: { cloud } }: E2eEnvironment): Promise<string> {
  const { host, origin } = new URL(cloud.target.endpoint);
  const body = "Action=DescribeDBClusters&Version=2014-10-31";
  const { headers } = sign(
    {
      ...{ host, method: "POST", path: "/", service: "rds", region: cloud.target.region, body },
      headers: { "content-type": "application/x-www-form-urlencoded" },
    },
    localCredentials(cloud.target),
  );
  const response = await fetch(origin, { method: "POST", headers: headers as Record<string, string>, body });
  expect(response.status).toBe(200);
  return response.text();
}

/** The database as Terraform sees it. */
export function databasePlanSteps(e2e: () => E2eEnvironment): void {
  test("a second plan of all layers has no changes", async () => {
    const { cloud, home } = e2e().local;
    expect(await inStates(e2e())).toContainEqual(expect.stringMatching(/^aws_rds_cluster\./));
    expect(await plannedChanges(cloud, home)).toEqual([]);
  });
}

/** Without access to its tables, as after a mistake in the database. */
export function databaseAccessSteps(e2e: () => E2eEnvironment): void {
  test("without its access to the tables, the API responds with 503 and reveals no internals", async () => {
    const store = postgresStore(e2e().local.cloud);
    const body = { type: "echo", payload: { message: "denied" } };
    try {
      await store.query("REVOKE INSERT ON tasks FROM tasks_app");
      const response = await e2e().service.api.call("POST", "/tasks", body);
      expect(response.status).toBe(503);
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await response.text()).not.toMatch(
        new RegExp(`arn:|${devPrefix}|permission|postgres|tasks_app`, "i"),
      );
    } finally {
      await store.query("GRANT INSERT ON tasks TO tasks_app");
      await store.close();
    }
    await e2e().service.api.create("echo", { message: "allowed again" });
  });
}

/** Destroys the local copy by the command, which knows the store that the local cloud was started with. */
async function destroyByCommand({ local, repository, account }: E2eEnvironment): Promise<void> {
  expect(await resourcesIn(account)).not.toEqual([]);
  await local.stop();
  const env = { ...process.env, LOCAL_CLOUD_HOME: local.home.folder, LOCAL_CLOUD_TOOLS: local.home.tools };
  expectSuccess(await scriptIn(repository, env, "destroy", "dev", "--port", String(local.port)));
}

async function expectNothing(e2e: E2eEnvironment): Promise<void> {
  await e2e.local.open();
  expect(await inStates(e2e)).toEqual([]);
  expect(await resourcesIn(e2e.account)).toEqual([]);
}

/** The last step, since it destroys the stacks. */
export function destroyDatabaseSteps(e2e: () => E2eEnvironment): void {
  test("npm run destroy deletes all resources, and the data of the database", async () => {
    const cluster = `${devPrefix}-tasks`;
    const data = databaseFolder(e2e().local.home, "dev");
    expect(await clusters(e2e())).toContain(cluster);
    expect(existsSync(data)).toBe(true);
    await destroyByCommand(e2e());
    expect(existsSync(data)).toBe(false);
    await expectNothing(e2e());
    expect(await clusters(e2e())).not.toContain(cluster);
  });
}

/** Commands without `--aws` use the store that the local cloud was started with. The last one destroys the stacks. */
export function chosenStoreSteps(e2e: () => E2eEnvironment): void {
  test("a plan of the running local cloud has no changes", async () => {
    const { folder, tools } = e2e().local.home;
    const env = { ...process.env, LOCAL_CLOUD_HOME: folder, LOCAL_CLOUD_TOOLS: tools };
    const planned = await script(env, "plan", "dev", "--json", "--out", join(folder, "plan"));
    expectSuccess(planned);
    const summaries = planSummaries.parse(JSON.parse(planned.stdout));
    expect(summaries.map(({ layer, resources }) => [layer, resources])).toEqual(
      layers.map((layer) => [layer, []]),
    );
  });

  test("npm run destroy deletes all resources", async () => {
    await destroyByCommand(e2e());
    await expectNothing(e2e());
  });
}
