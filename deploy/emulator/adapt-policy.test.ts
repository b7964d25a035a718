import type { Statement } from "../shared/policy-document";
import { adaptForEmulator } from "./adapt-policy";
import { emulatorAction } from "./emulator-actions";

const http = { tls: false };
const https = { tls: true };
const queue = "arn:aws:sqs:eu-central-1:111111111111:tasks-dev-tasks";
const send: Statement = { Sid: "TaskQueue", Effect: "Allow", Action: ["sqs:SendMessage"], Resource: queue };
const denyInsecureTransport: Statement = {
  Sid: "DenyInsecureTransport",
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Resource: queue,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

test("sqs:SendMessage also allows sqs:SendMessageBatch, which the emulator checks by name", () => {
  expect(adaptForEmulator([send], https)).toEqual({
    statements: [
      send,
      { ...send, Sid: "TaskQueueEmulated0", Action: "sqs:SendMessageBatch", Resource: [queue] },
    ],
    removed: [],
  });
  expect(emulatorAction("sqs:SendMessage")).toBe("sqs:SendMessage");
});

test("an unsupported condition is removed and reported, other conditions remain", () => {
  const passRole: Statement = {
    Sid: "PassRole",
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: "*",
    Condition: {
      StringEquals: { "iam:PassedToService": "lambda.amazonaws.com", "aws:ResourceTag/Project": "tasks" },
    },
  };
  expect(adaptForEmulator([passRole], https)).toEqual({
    statements: [{ ...passRole, Condition: { StringEquals: { "aws:ResourceTag/Project": "tasks" } } }],
    removed: [{ statement: "PassRole", key: "iam:PassedToService" }],
  });
});

test("a Deny with an unsupported condition is removed and reported, since it would deny more", () => {
  const deny: Statement = {
    Sid: "DenyPassRole",
    Effect: "Deny",
    Action: "iam:PassRole",
    Resource: "*",
    Condition: { StringNotEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
  };
  expect(adaptForEmulator([deny], https)).toEqual({
    statements: [],
    removed: [{ statement: "DenyPassRole" }],
  });
});

test("the statement that denies plain http is removed over plain http only", () => {
  expect(adaptForEmulator([denyInsecureTransport], http)).toEqual({
    statements: [],
    removed: [{ statement: "DenyInsecureTransport" }],
  });
  expect(adaptForEmulator([denyInsecureTransport], https)).toEqual({
    statements: [denyInsecureTransport],
    removed: [],
  });
});
