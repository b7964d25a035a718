import * as z from "zod";
import { startAwsStub, type AwsStub } from "../../../aws-stub/src/aws-stub";
import { codeHash } from "../live-code";

const zip = z.object({ ZipFile: z.base64() });
const alias = z.object({ FunctionVersion: z.string() });

/** Functions of a Lambda stub, by their names in Lambda. Each publish creates a version. */
export class LambdaStub {
  /** The variables of each function. */
  readonly variables: Record<string, string> = {};
  private readonly versions = new Map<string, string[]>();
  private readonly live = new Map<string, number>();

  private stub: AwsStub | undefined;

  static async open(): Promise<LambdaStub> {
    const lambda = new LambdaStub();
    lambda.stub = await startAwsStub(({ operation, body }) => {
      const [, name = "", part] =
        /functions\/([\w-]+)\/(code|aliases\/live|configuration)/.exec(operation) ?? [];
      if (part === "code") {
        const { ZipFile } = zip.parse(JSON.parse(body));
        const published = [...(lambda.versions.get(name) ?? []), codeHash(Buffer.from(ZipFile, "base64"))];
        lambda.versions.set(name, published);
        return { status: 200, body: JSON.stringify({ Version: String(published.length) }) };
      }
      if (part === "aliases/live") {
        lambda.live.set(name, Number(alias.parse(JSON.parse(body)).FunctionVersion));
        return { status: 200, body: "{}" };
      }
      const Environment = { Variables: lambda.variables };
      return {
        status: 200,
        body: JSON.stringify({ CodeSha256: lambda.liveHash(name), MemorySize: 256, Environment }),
      };
    });
    return lambda;
  }

  get target() {
    return { endpoint: this.stub?.endpoint ?? "", accountId: "111111111111", region: "eu-central-1" };
  }

  /** The code hash of the alias `live`. */
  liveHash(name: string): string | undefined {
    return this.versions.get(name)?.[(this.live.get(name) ?? 0) - 1];
  }

  stop(): void {
    this.stub?.stop();
  }
}
