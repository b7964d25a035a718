import { isAllowed } from "./iam-evaluation";
import type { PolicyStatement } from "./statement";

const queue = "arn:aws:sqs:eu-central-1:111111111111:tasks-dev-tasks";
const send = { action: "sqs:SendMessage", resource: queue };
const statement = (change: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Sid: "Sample",
  Effect: "Allow",
  Action: ["sqs:SendMessage"],
  Resource: ["arn:aws:sqs:*:111111111111:tasks-dev-*"],
  Condition: {},
  ...change,
});
const through = (service: string) =>
  statement({ Condition: { StringEquals: { "kms:ViaService": [service] } } });
const request = (service: string) => ({ ...send, context: { "kms:ViaService": service } });

test.each([
  ["nothing allows it", [], send, false],
  ["a statement allows it", [statement()], send, true],
  ["actions are case-insensitive", [statement({ Action: ["SQS:sendmessage"] })], send, true],
  ["another action", [statement({ Action: ["sqs:ReceiveMessage"] })], send, false],
  ["another resource", [statement()], { ...send, resource: queue.replace("dev", "prod") }, false],
  ["a Deny wins", [statement(), statement({ Effect: "Deny", Action: ["sqs:*"] })], send, false],
  ["a condition is met", [through("sqs")], request("sqs"), true],
  ["a condition is not met", [through("sqs")], request("lambda"), false],
  ["a condition on a missing key is not met", [through("sqs")], send, false],
  [
    "one of several values is enough",
    [statement({ Condition: { ArnLike: { "aws:SourceArn": ["arn:aws:events:*", "arn:aws:sns:*"] } } })],
    { ...send, context: { "aws:SourceArn": "arn:aws:sns:eu-central-1:111111111111:topic" } },
    true,
  ],
  [
    "all conditions have to be met",
    [statement({ Condition: { StringEquals: { a: ["1"], b: ["2"] } } })],
    { ...send, context: { a: "1" } },
    false,
  ],
])("%s", (_what, statements, request, wanted) => {
  expect(isAllowed(statements, request)).toBe(wanted);
});

test.each([
  ["none of its values", { "aws:RequestedRegion": "us-east-1" }, false],
  ["one of its values", { "aws:RequestedRegion": "eu-west-1" }, true],
  ["no value", {}, false],
])("a Deny with a negated operator for a request with %s", (_what, context, wanted) => {
  const regions = { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] };
  const deny = statement({ Effect: "Deny", Condition: { StringNotEquals: regions } });
  expect(isAllowed([statement(), deny], { ...send, context })).toBe(wanted);
});

test("an unsupported operator is an error", () => {
  const other = statement({ Condition: { StringNotLike: { "kms:ViaService": ["sqs"] } } });
  expect(() => isAllowed([other], send)).toThrow("StringNotLike");
});
