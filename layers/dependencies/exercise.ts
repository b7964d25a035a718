import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import serverlessExpress from "@codegenie/serverless-express";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2, Context } from "aws-lambda";
import express from "express";
import helmet from "helmet";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { encodeTime } from "ulid";
import * as z from "zod/mini";

/**
 * Uses the layer's packages the way that a first invocation does, so that V8 has compiled what one needs when
 * the build makes the code cache. It has no say in what functions do: what it leaves out is compiled when it is used.
 */
export async function exercise(): Promise<void> {
  await answerRequests();
  await callAws();
  new Logger({ serviceName: "exercise" }).debug("unseen", { taskId: encodeTime(0, 10) });
}

async function answerRequests(): Promise<void> {
  const body = z.strictObject({
    type: z.enum(["echo"]),
    payload: z.record(z.string(), z.json()),
    at: z.optional(z.iso.datetime()),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1)), 20),
  });
  const app = express().disable("x-powered-by").disable("etag");
  app.use(helmet());
  app.get("/things/:id", (request, response) => void response.json(z.string().parse(request.params.id)));
  app.post("/things", (_request, response) => {
    response.status(202).set({ Location: "/things/1" });
    response.json(body.parse({ type: "echo", payload: { message: "" } }));
  });
  app.use((_request, response) => void response.status(404).json(body.safeParse({}).error?.issues));
  const answer = serverlessExpress<APIGatewayProxyEventV2, APIGatewayProxyResultV2>({
    app,
    eventSourceName: "AWS_API_GATEWAY_V2",
  });
  for (const [method, path] of [
    ["GET", "/things/1"],
    ["POST", "/things"],
    ["GET", "/nothing"],
  ] as const) {
    await answer(httpEvent(method, path), {} as Context, () => undefined);
  }
}

function httpEvent(method: string, rawPath: string): APIGatewayProxyEventV2 {
  const sent = method === "POST" ? { body: "{}", headers: { "content-type": "application/json" } } : {};
  const http = { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "exercise" };
  return {
    version: "2.0",
    routeKey: `${method} ${rawPath}`,
    rawPath,
    rawQueryString: "",
    headers: {},
    isBase64Encoded: false,
    ...sent,
    requestContext: {
      accountId: "000000000000",
      apiId: "exercise",
      domainName: "localhost",
      domainPrefix: "exercise",
      http,
      requestId: "exercise",
      routeKey: "$default",
      stage: "$default",
      time: "01/Jan/2026:00:00:00 +0000",
      timeEpoch: 0,
    },
  };
}

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

/** SQS and DynamoDB, as far as their clients can tell from here. */
async function callAws(): Promise<void> {
  const aws = createServer((request, response) => {
    request.resume().on("end", () => {
      response
        .setHeader("Content-Type", "application/x-amz-json-1.0")
        .end(JSON.stringify({ MD5OfMessageBody: md5("{}") }));
    });
  }).listen(0, "127.0.0.1");
  await once(aws, "listening");
  const { port } = aws.address() as AddressInfo;
  const settings = {
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 },
  };
  const sqs = new SQSClient(settings);
  const QueueUrl = `${settings.endpoint}/tasks`;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "{}" }));
  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: "r", VisibilityTimeout: 1 }));

  const table = DynamoDBDocumentClient.from(new DynamoDBClient(settings), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const TableName = "tasks";
  const Key = { pk: "a", sk: "b" };
  await table.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: Key } }] }));
  await table.send(new GetCommand({ TableName, Key }));
  await table.send(new QueryCommand({ TableName, KeyConditionExpression: "pk = :pk" }));
  await table.send(new UpdateCommand({ TableName, Key, UpdateExpression: "SET n = :n" }));
  sqs.destroy();
  table.destroy();
  aws.close();
}
