import { bucketNames } from "@serverless-tasks/functions/service";
import { configurationError } from "../../testing/configuration-error";
import { exampleParts, type Settings } from "../../testing/example-settings";
import { TemporaryDeploy } from "../../testing/temporary-deploy";
import { loadEnvironment } from "../load-environment";
import { standbyConfig } from "../standby-config";

/** A bucket, which a team may have added, has no second region. */
const testRegions = bucketNames.length > 0 ? test.skip : test;

let deploy: TemporaryDeploy;
beforeEach(() => {
  deploy = new TemporaryDeploy();
});
afterEach(() => {
  deploy.dispose();
});

const recovery = (region: string) => ({ recovery: `{ region = "${region}" }` });

/** The codes and paths of the problems of dev with a second region. */
async function problemsWith(core: Settings, infra: Settings = {}): Promise<string[]> {
  deploy.set("core", "dev", core);
  deploy.set("infra", "dev", infra);
  const { problems } = await configurationError(loadEnvironment("dev", deploy.root));
  return problems.map(({ code, path }) => `${code} ${path}`);
}

testRegions.each<[string, Settings, Settings, string]>([
  ["the same region", recovery("eu-central-1"), {}, "recovery-in-same-region recovery.region"],
  ...["cn-north-1", "us-gov-west-1", "eusc-de-east-1"].map((region): [string, Settings, Settings, string] => [
    `a region of another partition: ${region}`,
    recovery(region),
    {},
    "recovery-in-other-partition recovery.region",
  ]),
  [
    "no table",
    recovery("eu-west-1"),
    { "table.enabled": "false", "table.task_retention_days": undefined },
    "recovery-without-table recovery",
  ],
  [
    "an edge",
    recovery("eu-west-1"),
    { domain: exampleParts.domain, edge: exampleParts.edge },
    "recovery-with-edge recovery",
  ],
  [
    "a certificate",
    recovery("eu-west-1"),
    {
      domain:
        '{ name = "api.example.com", hosted_zone = "example.com", certificate_arn = "arn:aws:acm:eu-central-1:111111111111:certificate/1" }',
    },
    "recovery-with-certificate recovery",
  ],
  [
    "a network",
    recovery("eu-west-1"),
    { network: exampleParts.network.replace('"kms", ', "") },
    "recovery-with-network recovery",
  ],
])("%s is refused", async (_what, core, infra, problem) => {
  expect(await problemsWith(core, infra)).toContain(problem);
});

testRegions.each([
  ["no region", "{}", "recovery.region"],
  ["no region that AWS has", '{ region = "eu-wset-1" }', "recovery.region"],
  ["an unknown setting", '{ region = "eu-west-1", zone = "a" }', "recovery.zone"],
])("%s is an error of the setting", async (_what, value, path) => {
  expect((await problemsWith({ recovery: value })).map((problem) => problem.split(" ")[1])).toContain(path);
});

testRegions("a bucket of states whose name would be too long in the second region is refused", async () => {
  for (const layer of ["core", "infra", "app"] as const)
    deploy.set(layer, "dev", { bucket: `"${"s".repeat(50)}"` }, "backend");
  expect(await problemsWith(recovery("eu-west-1"))).toEqual(["recovery-bucket-too-long recovery.region"]);
});

testRegions(
  "the second region has the names of the first, and states, roles and certificates of its own",
  async () => {
    deploy.set("core", "prod", recovery("eu-west-1"));
    deploy.set("infra", "prod", { edge: undefined, network: undefined });
    deploy.set("app", "prod", { in_network: "false" });
    const config = await loadEnvironment("prod", deploy.root);
    const standby = standbyConfig(config);
    expect(standby).toMatchObject({
      name: "prod",
      standbyOf: "eu-central-1",
      core: { region: "eu-west-1", operators: [], project: config.core.project },
      infra: { domain: { create_zone: false } },
      backends: { app: { bucket: `${config.backends.app.bucket}-eu-west-1`, region: "eu-west-1" } },
    });
    expect(standby && standbyConfig(standby)).toBeUndefined();
  },
);

testRegions("without the setting there is no second region", async () => {
  expect(standbyConfig(await loadEnvironment("dev", deploy.root))).toBeUndefined();
});
