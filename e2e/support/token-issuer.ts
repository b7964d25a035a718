import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type Server } from "node:http";
import { listenOnLoopback } from "../../packages/aws-stub/src/loopback";

const keyId = "first";

/** Claims of a token; times are seconds since 1970. */
export interface Claims {
  readonly sub: string;
  readonly aud: string;
  readonly exp: number;
  readonly scope?: string;
}

/** A local OpenID provider: it publishes its key, and signs the tokens of a test. */
export class TokenIssuer {
  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly key: KeyObject,
  ) {}

  static async open(): Promise<TokenIssuer> {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const keys = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: keyId, alg: "RS256", use: "sig" }] };
    const server = createServer(({ url = "", headers }, response) => {
      const issuer = `http://${headers.host ?? ""}`;
      const documents: Readonly<Record<string, object>> = {
        "/.well-known/openid-configuration": { issuer, jwks_uri: `${issuer}/keys` },
        "/keys": keys,
      };
      const document = documents[url];
      response.writeHead(document ? 200 : 404, { "content-type": "application/json" });
      response.end(JSON.stringify(document ?? {}));
    });
    return new TokenIssuer(`http://127.0.0.1:${await listenOnLoopback(server)}`, server, privateKey);
  }

  /** @param key that signs the JWT; the issuer's unless another one is given */
  token(claims: Claims, key: KeyObject = this.key): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const signed = `${part({ alg: "RS256", typ: "JWT", kid: keyId })}.${part({ iss: this.url, ...claims })}`;
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key).toString("base64url")}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
