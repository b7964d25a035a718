import { loadEnvironment } from "../../deploy/config/load-environment";
import { TemporaryDeploy } from "../../deploy/testing/temporary-deploy";
import { exampleRepository } from "../../deploy/testing/workflow-claims";
import { runCli } from "../testing/run-cli";
import { differences } from "./differences";
import { differencesReport } from "./compare-environments";

beforeEach(() => {
  delete process.env.AWS_ENDPOINT_URL;
});

describe("differences between environments", () => {
  let deploy: TemporaryDeploy;
  beforeEach(() => {
    deploy = new TemporaryDeploy();
  });
  afterEach(() => {
    deploy.dispose();
  });

  const devAndProd = async () => {
    const [dev, prod] = [
      await loadEnvironment("dev", deploy.root),
      await loadEnvironment("prod", deploy.root),
    ];
    const found = differences(dev, prod);
    return new Map(
      found.map(({ resource, attribute, values }) => [`${resource} ${attribute}`.trim(), values]),
    );
  };

  test("include what prod has and dev does not", async () => {
    const found = await devAndProd();
    const table = "infra aws_dynamodb_table.task-table";
    expect(found.get(`${table} deletion_protection_enabled`)).toEqual(["false", "true"]);
    expect(found.get(`${table} point_in_time_recovery.enabled`)).toEqual(["false", "true"]);
    expect(found.get("app aws_apigatewayv2_route.route-createTask authorization_type")).toEqual([
      "NONE",
      "AWS_IAM",
    ]);
    expect(found.get("core aws_kms_key.key")).toEqual([undefined, "there"]);
    expect(found.get("core outputs log_retention_days")).toEqual(["7", "365"]);
  });

  test("exclude names, accounts and cdktf's metadata", async () => {
    const found = await devAndProd();
    expect(found.size).toBeGreaterThan(0);
    for (const [where, values] of found) {
      expect(`${where} ${values.join(" ")}`).not.toMatch(
        /example-(dev|prod)|111111111111|333333333333|metadata/,
      );
    }
  });

  test("include the region, and an existing OIDC provider", async () => {
    const { core, ...dev } = await loadEnvironment("dev", deploy.root);
    const github = { ...exampleRepository, existing_provider: true };
    const here = { ...dev, core: { ...core, github: exampleRepository } };
    const elsewhere = { ...dev, core: { ...core, region: "eu-west-1", github } };
    const found = differences(here, elsewhere).map(({ resource, attribute, values }) =>
      [resource, attribute, ...values.map((value) => value ?? "-")].join(" "),
    );
    expect(found).toEqual(
      expect.arrayContaining([
        "infra provider region eu-central-1 eu-west-1",
        expect.stringMatching(/^core aws_iam_openid_connect_provider\.\S+  there -$/),
      ]),
    );
  });

  test("do not exist between an environment and its copy with another name and account", async () => {
    const dev = await loadEnvironment("dev", deploy.root);
    const [account = ""] = dev.core.allowed_account_ids;
    const core = {
      ...dev.core,
      allowed_account_ids: ["999999999999"],
      operators: dev.core.operators.map((arn) => arn.replace(account, "999999999999")),
    };
    expect(differences(dev, { ...dev, name: "renamed", core })).toEqual([]);
  });
});

describe("the table", () => {
  const [same, long] = ["x".repeat(100), "y".repeat(100)];

  test("shows long values from the first difference, and counts", () => {
    const found = [
      { resource: "core outputs", attribute: "days", values: ["7", "365"] },
      { resource: "core aws_iam_policy.boundary", attribute: "policy", values: [`${same}1`, `${same}2`] },
      { resource: "core aws_kms_key.key", attribute: "", values: [undefined, "there"] },
      { resource: "core outputs", attribute: "text", values: ["short", long] },
    ] as const;
    expect(differencesReport(found, ["dev", "prod"]).split("\n")).toEqual([
      "resource                      attribute  dev             prod",
      "core outputs                  days       7               365",
      "core aws_iam_policy.boundary  policy     …xxxxxxxxxxxx1  …xxxxxxxxxxxx2",
      "core aws_kms_key.key                     -               there",
      `core outputs                  text       short           ${"y".repeat(59)}…`,
      "",
      "3 values differ, 1 resources are in one only.",
    ]);
  });

  test("is only the counts when nothing differs", () => {
    expect(differencesReport([], ["dev", "qa"])).toBe("0 values differ, 0 resources are in one only.");
  });
});

test.each([
  [2, ["dev"], "Expected <other>, found nothing."],
  [2, ["dev", "nowhere"], 'found "nowhere".'],
  [1, ["dev", "dev"], "dev does not differ from itself.\n  expected  two environments"],
])(
  "the exit code is %i for diff-env %j",
  async (expected, parameters, message) => {
    const { exitCode, stdout, stderr } = await runCli(["diff-env", ...parameters]);
    expect(exitCode).toBe(expected);
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
  },
  30_000,
);
