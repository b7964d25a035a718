import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { TerraformStack, Testing, Token } from "cdktf";
import { assertDeployable } from "./assert-deployable";

const scope = { namePrefix: "tasks-dev", tags: { Project: "tasks", Environment: "dev" }, parts: {} };
const key = { hashKey: "id", attribute: [{ name: "id", type: "S" }] };
const assertStack = (add: (stack: TerraformStack) => void) => () => {
  const stack = new TerraformStack(Testing.app(), "infra-dev");
  add(stack);
  assertDeployable(stack, "infra", scope);
};

test("a resource whose name the deploy role may create is accepted", () => {
  expect(
    assertStack((stack) => {
      new SqsQueue(stack, "queue", { name: "tasks-dev-emails" });
      new DynamodbTable(stack, "table", { name: "tasks-dev-tasks", ...key });
    }),
  ).not.toThrow();
});

test("a type that the deploy role may not create is reported with the file to change", () => {
  expect(assertStack((stack) => new SnsTopic(stack, "alarms", { name: "tasks-dev-alarms" }))).toThrow(
    /^deploy\/10_core\/github\/permissions\/infra\.ts\n.*aws_sns_topic in its creates.*found infra-dev\/alarms in the layer infra\n/,
  );
});

test.each<[string, (stack: TerraformStack) => void]>([
  ["another prefix", (stack) => new SqsQueue(stack, "queue", { name: "other-dev-emails" })],
  ["a table of its own", (stack) => new DynamodbTable(stack, "t", { name: "tasks-dev-more", ...key })],
])("a name that the deploy role may not create is reported: %s", (_what, add) => {
  expect(assertStack(add)).toThrow(/a name of aws_\w+ that the deploy role may create \(tasks-dev-/);
});

test("a bucket that is not in functions/service.ts is reported: its name could be that of the states", () => {
  const name = `tasks-dev-tfstate-${Token.asString({ resolve: () => "1" })}`;
  expect(assertStack((stack) => new S3Bucket(stack, "bucket", { bucket: name }))).toThrow("aws_s3_bucket");
});
