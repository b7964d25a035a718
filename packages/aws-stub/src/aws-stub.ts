import { createHash } from "node:crypto";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
} from "node:http";
import { text } from "node:stream/consumers";
// The exercise of a layer has it, which is to have no more of zod than functions do.
import * as z from "zod/mini";
import { listenOnLoopback } from "./loopback";

export interface AwsCall {
  /** As `AmazonSQS.SendMessage`; of S3, which has no names in requests, as `PUT /bucket?versioning`. */
  readonly operation: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `cut` is the end of the connection, without an answer. */
export type AwsResponse =
  | "cut"
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string };

export interface AwsStub {
  readonly endpoint: string;
  /** Calls of each operation so far, as `AmazonSQS.SendMessage`. */
  readonly calls: ReadonlyMap<string, number>;
  readonly stop: () => void;
}

const sentMessage = z.object({ MessageBody: z.string() });
const sentBatch = z.object({ Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })) });

/** The answer of a call that went well, in the JSON protocol that SQS and DynamoDB share. */
const successes: Readonly<Record<string, (body: string) => object>> = {
  "AmazonSQS.SendMessage": (body) => ({
    MessageId: "5fea7756-0ea4-451a-a703-a558b933e274",
    // The SDK compares it.
    MD5OfMessageBody: createHash("md5")
      .update(sentMessage.parse(JSON.parse(body)).MessageBody)
      .digest("hex"),
  }),
  "AmazonSQS.SendMessageBatch": (body) => ({
    Successful: sentBatch.parse(JSON.parse(body)).Entries.map(({ Id, MessageBody }) => ({
      Id,
      MessageId: "5fea7756-0ea4-451a-a703-a558b933e274",
      MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex"),
    })),
    Failed: [],
  }),
  "AmazonSQS.ChangeMessageVisibility": () => ({}),
  "DynamoDB_20120810.GetItem": () => ({}),
  "DynamoDB_20120810.Query": () => ({ Items: [] }),
  "DynamoDB_20120810.PutItem": () => ({}),
  "DynamoDB_20120810.UpdateItem": () => ({}),
  "DynamoDB_20120810.TransactWriteItems": () => ({}),
};

function successOf({ operation, body }: AwsCall): AwsResponse {
  const success = successes[operation];
  return success === undefined
    ? { status: 400, body: JSON.stringify({ __type: "UnknownOperationException" }) }
    : { status: 200, body: JSON.stringify(success(body)) };
}

/**
 * SQS and DynamoDB as far as functions call them: every call succeeds at once, nothing is kept, tables are empty.
 * @param responseTo what a call is answered instead; undefined for its success
 */
export async function startAwsStub(
  responseTo: (call: AwsCall) => AwsResponse | undefined | Promise<AwsResponse | undefined> = () => undefined,
): Promise<AwsStub> {
  const calls = new Map<string, number>();
  const server = createServer(
    answering(async (call) => {
      calls.set(call.operation, (calls.get(call.operation) ?? 0) + 1);
      return (await responseTo(call)) ?? successOf(call);
    }),
  );
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

const answering =
  (responseTo: (call: AwsCall) => Promise<AwsResponse>): RequestListener =>
  (request, response) => {
    void text(request).then(async (body) => {
      const { headers, socket } = request;
      const answer = await responseTo({ operation: operationOf(request), headers, body });
      if (answer === "cut") socket.destroy();
      else
        response
          .writeHead(answer.status, { "content-type": "application/x-amz-json-1.0", ...answer.headers })
          .end(answer.body);
    });
  };

function operationOf({ headers, method = "", url = "" }: IncomingMessage): string {
  const target = headers["x-amz-target"];
  if (target !== undefined) return String(target);
  const [path = "", query = ""] = url.split("?");
  // The SDK adds its own name of the operation, for logs.
  const [setting] = [...new URLSearchParams(query).keys()].filter((name) => name !== "x-id");
  return `${method} ${path.replace(/\/$/, "")}${setting === undefined ? "" : `?${setting}`}`;
}
