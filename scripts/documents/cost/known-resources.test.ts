import { environmentNames } from "../../../deploy/config/environments";
import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import { synthesizedForAws } from "../../../deploy/testing/environments";
import { assertKnownResources } from "./known-resources";

test.each(environmentNames())("the estimates know each resource of %s", async (name) => {
  const environment = new ResolvedEnvironment(await synthesizedForAws(name));
  expect(environment.resources.length).toBeGreaterThan(10);
  assertKnownResources(environment);
});

test.each(["aws_nat_gateway", "aws_sqs_queue_x", "aws_lambda_provisioned_concurrency_config"])(
  "an unknown resource is reported with the file to change: %s",
  (type) => {
    const resource = { layer: "infra", type, id: "r", address: `infra ${type}.r`, attributes: {} } as const;
    expect(() => {
      assertKnownResources({ resources: [resource] });
    }).toThrow(`do not know infra ${type}.r.\n`);
    expect(() => {
      assertKnownResources({ resources: [resource] });
    }).toThrow("scripts/documents/cost/resource-costs.json");
  },
);
