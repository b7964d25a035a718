import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import express, { Router, type RequestHandler } from "express";
import helmet from "helmet";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { encodeTime } from "ulid";
import * as z from "zod/mini";

/**
 * Uses the layer's packages as a first invocation does, so that the code cache contains the functions that it needs.
 * Everything else is compiled when it is used.
 */
export async function exercise(): Promise<void> {
  await handleRequests();
  await callAws();
  new Logger({ serviceName: "exercise", logLevel: "INFO" }).info("not printed", {
    taskId: encodeTime(0, 10),
  });
}

z.config(z.locales.en());

const text = z.string().check(z.minLength(1), z.maxLength(9));
const count = z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(9)), 1);
const anything = z.record(z.string(), z.custom().register(z.globalRegistry, { title: "Any" }));
const echo = z.strictObject({ type: z.literal("echo"), payload: anything });
const thing = z.object({
  id: z.string().check(z.regex(/^1$/, "1")),
  state: z.enum(["new", "old"]),
  at: z.iso.datetime(),
  count,
  error: z.optional(z.string()),
});
const settings = z.extend(thing, {
  url: z.url(),
  payload: z.catch(z.optional(echo), undefined),
  body: z.optional(z.unknown()),
  list: z.array(thing),
  json: z.pipe(
    z.string(),
    z.transform((value) => value.length),
  ),
});
const aThing = { id: "1", state: "new", at: "2026-01-01T00:00:00.000Z" };

async function handleRequests(): Promise<void> {
  settings.parse({ ...aThing, url: "https://localhost/things", list: [aThing], json: "{}" });
  const newThing = z.discriminatedUnion("type", [echo, z.strictObject({ type: z.literal("b"), text })]);
  const app = express().disable("x-powered-by").disable("etag");
  const directives = { defaultSrc: ["'none'"] };
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives } }));
  const routerOf = (configure: (router: Router) => unknown) => {
    const router = Router({ caseSensitive: true, strict: true });
    configure(router);
    return router;
  };
  const byMethod = new Map<string, RequestHandler>([
    [
      "GET",
      routerOf((router) =>
        router.get("/things/:id", (request, response) => void response.json(text.parse(request.params.id))),
      ),
    ],
    [
      "POST",
      routerOf((router) =>
        router.post("/things", async (request, response) => {
          await Promise.resolve(text.parse("a"));
          response.status(202).set({ Location: request.get("location") ?? "/things/1" });
          response.json(newThing.parse({ type: "echo", payload: { message: "" } }));
        }),
      ),
    ],
  ]);
  app.use((request, response, next) => byMethod.get(request.method)?.(request, response, next));
  app.use(routerOf((router) => router.get("/docs", () => undefined)));
  app.use(routerOf((router) => router.route("/things").all(() => undefined)));
  app.use((_request, response) => {
    response.status(404).json(newThing.safeParse({}).error?.issues);
  });
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const json = { "content-type": "application/json" };
  for (const { path, ...sent } of [
    { path: "/things/1", headers: json },
    { path: "/things", headers: json, method: "POST", body: "{}" },
    { path: "/nothing", headers: json },
  ]) {
    await (await fetch(`http://127.0.0.1:${port}${path}`, sent)).text();
  }
  server.closeAllConnections();
  server.close();
}

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

/** Calls a server that responds as SQS and DynamoDB do. */
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
  const values = { ExpressionAttributeNames: { "#n": "n" }, ExpressionAttributeValues: { ":n": 1 } };
  await table.send(new PutCommand({ TableName, Item: { ...Key, n: 1, payload: { message: "" } } }));
  await table.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: Key } }] }));
  await table.send(new GetCommand({ TableName, Key }));
  await table.send(new UpdateCommand({ TableName, Key, UpdateExpression: "SET #n = :n", ...values }));
  sqs.destroy();
  table.destroy();
  aws.close();
}
