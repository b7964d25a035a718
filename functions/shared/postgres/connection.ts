import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { SignatureV4 } from "@smithy/signature-v4";
import type { PoolConfig } from "pg";

/** The certificates of RDS, which Lambda's runtime has: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html */
const certificatesOfRuntime = "/var/runtime/ca-cert.pem";

/** The longest life of a token; it is needed to connect only. */
const tokenSeconds = 900;

/**
 * The settings of connections to the database of a URL: `postgresql://user@host:5432/database?sslmode=verify-full`.
 * With `verify-full` the server's certificate is verified, and a token of the role's credentials is the password.
 */
export function connectionOf(url: string): PoolConfig {
  const { hostname: host, port, username, password, pathname, searchParams } = new URL(url);
  const connection = {
    host,
    port: Number(port),
    user: decodeURIComponent(username),
    database: pathname.slice(1),
  };
  if (searchParams.get("sslmode") !== "verify-full")
    return { ...connection, password: decodeURIComponent(password) };
  return {
    ...connection,
    ssl: { ca: readFileSync(certificatesOfRuntime, "utf8") },
    password: password === "" ? () => authenticationToken(connection) : decodeURIComponent(password),
  };
}

export interface Login {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.Connecting.html */
export async function authenticationToken(
  { host, port, user }: Login,
  environment: NodeJS.ProcessEnv = process.env,
  signingDate = new Date(),
): Promise<string> {
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  const signer = new SignatureV4({
    service: "rds-db",
    region: AWS_REGION ?? "",
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "",
      ...(AWS_SESSION_TOKEN !== undefined && { sessionToken: AWS_SESSION_TOKEN }),
    },
    sha256: Sha256,
  });
  const { query = {} } = await signer.presign(
    {
      ...{ method: "GET", protocol: "https:", hostname: host, port, path: "/" },
      query: { Action: "connect", DBUser: user },
      headers: { host: `${host}:${port}` },
    },
    { expiresIn: tokenSeconds, signingDate },
  );
  const parameters = Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .sort();
  return `${host}:${port}/?${parameters.join("&")}`;
}

/** The hash that the signer needs, by Node's own. */
class Sha256 {
  private readonly hash: ReturnType<typeof createHash> | ReturnType<typeof createHmac>;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash =
      secret === undefined ? createHash("sha256") : createHmac("sha256", secret as string | Uint8Array);
  }

  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.hash.digest()));
  }

  reset(): void {
    throw new Error("A hash is used once");
  }
}
