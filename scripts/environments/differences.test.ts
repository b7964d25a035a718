import { loadEnvironment } from "../../deploy/shared/load-config";
import { differences } from "./differences";

beforeEach(() => {
  delete process.env.AWS_ENDPOINT_URL;
});

describe("what differs between environments", () => {
  const between = async (one: string, other: string) =>
    new Map(
      differences(await loadEnvironment(one), await loadEnvironment(other)).map((found) => [
        [found.resource, found.attribute].join(" ").trim(),
        found.values,
      ]),
    );

  test("is what prod is meant to have and dev is not", async () => {
    const found = await between("dev", "prod");
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

  test("is no name, no account and no note of cdktf's", async () => {
    for (const [where, values] of await between("dev", "prod")) {
      expect(`${where} ${values.join(" ")}`).not.toMatch(
        /tasks-(dev|prod)|111111111111|333333333333|metadata/,
      );
    }
  });
});
