import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import * as z from "zod";
import { listenOnLoopback } from "../../packages/aws-stub/src/loopback";

/** A call of the Lambda API, with the action and the resource that IAM authorizes. */
export interface LambdaCall {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

export interface LambdaApi {
  readonly endpoint: string;
  /** Authorizes the calls; a test may replace it. */
  authorize: (call: LambdaCall) => boolean;
  readonly close: () => void;
}

interface Account {
  readonly region: string;
  readonly accountId: string;
  readonly keyArn: string;
}

const creation = z.looseObject({
  FunctionName: z.string(),
  Code: z.object({ ZipFile: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
  Layers: z.array(z.string()),
  Tags: z.record(z.string(), z.string()),
});

/** Operations by method and path: https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
const operations: readonly (readonly [RegExp, string])[] = [
  [/^POST \S+\/functions$/, "CreateFunction"],
  [/^GET \S+\/functions\/[^/]+$/, "GetFunction"],
  [/^GET \S+\/functions\/[^/]+\/configuration$/, "GetFunctionConfiguration"],
  [/^GET \S+\/functions\/[^/]+\/versions$/, "ListVersionsByFunction"],
  [/^GET \S+\/functions\/[^/]+\/code-signing-config$/, "GetFunctionCodeSigningConfig"],
  [/^PUT \S+\/functions\/[^/]+\/concurrency$/, "PutFunctionConcurrency"],
];

/**
 * A stub of the Lambda API with one function. As in Lambda, GetFunction omits the tags when the caller may not list
 * them, and returns an error instead of the environment variables when the caller may not decrypt them.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
 */
export async function startLambdaApi({ region, accountId, keyArn }: Account): Promise<LambdaApi> {
  let created: z.output<typeof creation> | undefined;
  let concurrency: unknown;

  const api: { authorize: LambdaApi["authorize"] } = { authorize: () => true };
  const arnOf = (name: string) => `arn:aws:lambda:${region}:${accountId}:function:${name}`;

  const configuration = (Version: string) => {
    if (created === undefined) throw new Error("Expected CreateFunction to be called first");
    const bytes = Buffer.from(created.Code.ZipFile, "base64");
    const mayDecrypt = api.authorize({
      action: "kms:Decrypt",
      resource: keyArn,
      context: { "kms:ViaService": `lambda.${region}.amazonaws.com` },
    });
    const denied = {
      ErrorCode: "AccessDeniedException",
      Message: "Lambda was unable to decrypt the variables",
    };
    return {
      ...created,
      Code: undefined,
      Tags: undefined,
      Layers: created.Layers.map((Arn) => ({ Arn })),
      Environment: mayDecrypt ? created.Environment : { Error: denied },
      FunctionArn: arnOf(created.FunctionName) + (Version === "$LATEST" ? "" : `:${Version}`),
      CodeSha256: createHash("sha256").update(bytes).digest("base64"),
      CodeSize: bytes.length,
      EphemeralStorage: { Size: 512 },
      LastModified: "2026-11-28T12:00:00.000+0000",
      State: "Active",
      LastUpdateStatus: "Successful",
      Version,
    };
  };

  const responses: Readonly<Record<string, (body: string) => object>> = {
    CreateFunction: (body) => {
      created = creation.parse(JSON.parse(body));
      return configuration("1");
    },
    GetFunction: () => ({
      Configuration: configuration("$LATEST"),
      Code: { RepositoryType: "S3", Location: "https://code.example" },
      Concurrency: concurrency,
      ...(allowed("ListTags") && { Tags: created?.Tags }),
    }),
    GetFunctionConfiguration: () => configuration("$LATEST"),
    ListVersionsByFunction: () => ({ Versions: [configuration("$LATEST"), configuration("1")] }),
    GetFunctionCodeSigningConfig: () => ({ FunctionName: created?.FunctionName }),
    PutFunctionConcurrency: (body) => {
      concurrency = JSON.parse(body);
      return z.looseObject({}).parse(concurrency);
    },
  };
  const allowed = (operation: string) =>
    api.authorize({ action: `lambda:${operation}`, resource: arnOf(created?.FunctionName ?? "") });

  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const call = `${request.method ?? ""} ${(request.url ?? "").split("?")[0] ?? ""}`;
      const operation = operations.find(([pattern]) => pattern.test(call))?.[1] ?? call;
      const respond = responses[operation];
      const [status, type, content] =
        respond === undefined
          ? [404, "ResourceNotFoundException", { Message: `The stub has no ${call}` }]
          : allowed(operation) || operation === "CreateFunction"
            ? [200, undefined, respond(body)]
            : [403, "AccessDeniedException", { Message: `not authorized to perform: lambda:${operation}` }];
      response
        .writeHead(status, { "content-type": "application/json", ...(type && { "x-amzn-errortype": type }) })
        .end(JSON.stringify(content));
    });
  });
  const endpoint = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  return Object.assign(api, {
    endpoint,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  });
}
