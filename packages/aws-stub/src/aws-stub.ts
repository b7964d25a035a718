import { createHash } from "node:crypto";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
} from "node:http";
import { text } from "node:stream/consumers";
// zod/mini: the exercise of a layer bundles this file, and must not use more of zod than functions do.
import * as z from "zod/mini";
import { listenOnLoopback } from "./loopback";

export interface AwsCall {
  /** `AmazonSQS.SendMessage`; for S3, whose requests have no operation names, `PUT /bucket?versioning`. */
  readonly operation: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `disconnect` closes the connection without a response. */
export type AwsResponse =
  | "disconnect"
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string };

export interface AwsStub {
  readonly endpoint: string;
  /** Number of calls by operation, such as `AmazonSQS.SendMessage`. */
  readonly calls: ReadonlyMap<string, number>;
  readonly stop: () => void;
}

const sentMessage = z.object({ MessageBody: z.string() });
const sentBatch = z.object({ Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })) });

/** The successful response of each operation, in the JSON protocol of SQS and DynamoDB. */
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
 * Starts a stub of the operations that functions call: every call succeeds, nothing is stored, tables are empty.
 * @param responseTo another response to a call; undefined for success
 */
export async function startAwsStub(
  responseTo: (call: AwsCall) => AwsResponse | undefined | Promise<AwsResponse | undefined> = () => undefined,
): Promise<AwsStub> {
  const calls = new Map<string, number>();
  const server = createServer(
    respondWith(async (call) => {
      calls.set(call.operation, (calls.get(call.operation) ?? 0) + 1);
      return (await responseTo(call)) ?? successOf(call);
    }),
  );
  // Longer than the pauses of a benchmark: functions keep their connection.
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

const respondWith =
  (responseTo: (call: AwsCall) => Promise<AwsResponse>): RequestListener =>
  (request, response) => {
    void text(request).then(async (body) => {
      const { headers, socket } = request;
      const given = await responseTo({ operation: operationOf(request), headers, body });
      if (given === "disconnect") socket.destroy();
      else
        response
          .writeHead(given.status, { "content-type": "application/x-amz-json-1.0", ...given.headers })
          .end(given.body);
    });
  };

function operationOf({ headers, method = "", url = "" }: IncomingMessage): string {
  const target = headers["x-amz-target"];
  if (target !== undefined) return String(target);
  const [path = "", query = ""] = url.split("?");
  // x-id is added by the SDK, for logs.
  const [setting] = [...new URLSearchParams(query).keys()].filter((name) => name !== "x-id");
  return `${method} ${path.replace(/\/$/, "")}${setting === undefined ? "" : `?${setting}`}`;
}
