import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
// The exercise of a layer has it, which is to have no more of zod than functions do.
import * as z from "zod/mini";
import { listenOnLoopback } from "./loopback";

export interface AwsStub {
  readonly endpoint: string;
  /** Calls of each operation so far, as `AmazonSQS.SendMessage`. */
  readonly calls: ReadonlyMap<string, number>;
  readonly stop: () => void;
}

const sentMessage = z.object({ MessageBody: z.string() });

/** The answer of a call that went well, in the JSON protocol that SQS and DynamoDB share. */
const answers: Readonly<Record<string, (body: unknown) => object>> = {
  "AmazonSQS.SendMessage": (body) => ({
    MessageId: "5fea7756-0ea4-451a-a703-a558b933e274",
    // The SDK compares it.
    MD5OfMessageBody: createHash("md5").update(sentMessage.parse(body).MessageBody).digest("hex"),
  }),
  "DynamoDB_20120810.GetItem": () => ({}),
  "DynamoDB_20120810.Query": () => ({ Items: [] }),
  "DynamoDB_20120810.PutItem": () => ({}),
  "DynamoDB_20120810.UpdateItem": () => ({}),
  "DynamoDB_20120810.TransactWriteItems": () => ({}),
};

/** SQS and DynamoDB as far as functions call them: every call succeeds at once, nothing is kept, tables are empty. */
export async function startAwsStub(): Promise<AwsStub> {
  const calls = new Map<string, number>();
  const server = stubServer(calls);
  // A function under measurement keeps its connection for as long as it lives.
  server.keepAliveTimeout = 60_000;
  const port = await listenOnLoopback(server);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const stubServer = (calls: Map<string, number>): Server =>
  createServer((request, response) => {
    void text(request).then((body) => {
      const operation = String(request.headers["x-amz-target"]);
      const answer = answers[operation];
      calls.set(operation, (calls.get(operation) ?? 0) + 1);
      response
        .writeHead(answer === undefined ? 400 : 200, { "content-type": "application/x-amz-json-1.0" })
        .end(JSON.stringify(answer?.(JSON.parse(body)) ?? { __type: "UnknownOperationException" }));
    });
  });
