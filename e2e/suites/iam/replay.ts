import { request } from "node:http";
import { text } from "node:stream/consumers";
import { sign } from "aws4";
import type { TemporaryCredentials } from "../../support/credentials";
import type { RecordedCall } from "../../support/recorder";

/** Headers that belong to the request itself. The others, such as the signature, are computed again. */
const kept = /^(content-type|x-amz-target|if-(none-)?match|smithy-protocol|accept)$/;

/** Sends a recorded call again with other credentials. */
export async function replay(
  endpoint: string,
  { method, path, headers, body }: RecordedCall,
  credentials: TemporaryCredentials,
): Promise<{ status: number; responseBody: string }> {
  // "AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, …"
  const [, region, service] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
  const { hostname, port, host } = new URL(endpoint);
  const plain = Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => kept.test(entry[0])),
  );
  const bytes = Buffer.from(body, "base64");
  const signed = sign({ host, method, path, headers: plain, service, region, body: bytes }, credentials);
  return new Promise((resolve, reject) => {
    const call = request({ hostname, port, method, path, headers: signed.headers }, (response) => {
      text(response).then((responseBody) => {
        resolve({ status: response.statusCode ?? 0, responseBody });
      }, reject);
    });
    call.on("error", reject);
    call.end(bytes);
  });
}
