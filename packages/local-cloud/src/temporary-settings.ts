import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import {
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  paginateListVersionsByFunction,
  PublishVersionCommand,
  ResourceNotFoundException,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  type LambdaClient,
} from "@aws-sdk/client-lambda";
import {
  GetQueueAttributesCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import { replaceFile } from "../../lambda-layer/src/write-files";
import { parseJson } from "./parse-json";

const saved = z.object({
  functions: z.record(
    z.string(),
    z.object({
      timeoutSeconds: z.number(),
      variables: z.record(z.string(), z.string()),
      /** That the alias names. */
      version: z.string().optional(),
      /** The number of the newest published one. */
      newest: z.number(),
    }),
  ),
  /** Visibility timeouts, by the queue's URL. */
  queues: z.record(z.string(), z.string()),
});
type Saved = z.output<typeof saved>;

export interface FunctionSettings {
  readonly timeoutSeconds?: number;
  /** In addition to those that it has. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface TemporarySettingsProps {
  readonly lambda: LambdaClient;
  readonly sqs: SQSClient;
  readonly alias: string;
  /** What functions and queues had before. */
  readonly file: string;
}

/**
 * Functions and queues of the local cloud that have other settings than Terraform has applied, for a time. The former ones
 * are in a file: after a process was killed, the next one restores them.
 */
export class TemporarySettings {
  constructor(private readonly props: TemporarySettingsProps) {}

  /** @param visibility timeouts in seconds, by the queue's URL */
  async apply(
    functions: Readonly<Record<string, FunctionSettings>>,
    visibility: Readonly<Record<string, number>>,
  ): Promise<void> {
    await this.restore();
    const before = await this.read(Object.keys(functions), Object.keys(visibility));
    mkdirSync(dirname(this.props.file), { recursive: true });
    replaceFile(this.props.file, Buffer.from(JSON.stringify(before)));
    for (const [url, seconds] of Object.entries(visibility)) await this.writeVisibility(url, String(seconds));
    for (const [name, settings] of Object.entries(functions)) {
      const had = before.functions[name];
      await this.configure(name, settings.timeoutSeconds ?? had?.timeoutSeconds, {
        ...had?.variables,
        ...settings.variables,
      });
      const { Version } = await this.props.lambda.send(new PublishVersionCommand({ FunctionName: name }));
      await this.move(name, Version);
    }
  }

  /** Restores what the file has, if there is one; what does not exist any more is left out. */
  async restore(): Promise<void> {
    const { file } = this.props;
    if (!existsSync(file)) return;
    const { functions, queues } = saved.parse(parseJson(readFileSync(file, "utf8")));
    for (const [url, seconds] of Object.entries(queues))
      await unlessMissing(this.writeVisibility(url, seconds));
    for (const [name, { timeoutSeconds, variables, version, newest }] of Object.entries(functions)) {
      await unlessMissing(this.configure(name, timeoutSeconds, variables));
      await unlessMissing(this.move(name, version));
      await unlessMissing(this.deleteNewer(name, newest));
    }
    rmSync(file);
  }

  private async read(names: readonly string[], urls: readonly string[]): Promise<Saved> {
    const { lambda, sqs, alias } = this.props;
    const functions = names.map(async (FunctionName) => {
      const { Timeout = 3, Environment } = await lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName }),
      );
      const { FunctionVersion: version } = await lambda.send(
        new GetAliasCommand({ FunctionName, Name: alias }),
      );
      return [
        FunctionName,
        {
          ...{ timeoutSeconds: Timeout, variables: Environment?.Variables ?? {}, version },
          newest: Math.max(0, ...(await this.versions(FunctionName))),
        },
      ] as const;
    });
    const queues = urls.map(async (QueueUrl) => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["VisibilityTimeout"] }),
      );
      return [QueueUrl, Attributes?.VisibilityTimeout ?? ""] as const;
    });
    return {
      functions: Object.fromEntries(await Promise.all(functions)),
      queues: Object.fromEntries(await Promise.all(queues)),
    };
  }

  private async versions(FunctionName: string): Promise<number[]> {
    const found: number[] = [];
    for await (const { Versions = [] } of paginateListVersionsByFunction(
      { client: this.props.lambda },
      { FunctionName },
    ))
      found.push(...Versions.map(({ Version }) => Number(Version)).filter((number) => !Number.isNaN(number)));
    return found;
  }

  /** Terraform, and a release, take the newest version for the deployed one. */
  private async deleteNewer(FunctionName: string, newest: number): Promise<void> {
    for (const version of (await this.versions(FunctionName)).filter((number) => number > newest))
      await this.props.lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: String(version) }));
  }

  private async configure(
    FunctionName: string,
    Timeout: number | undefined,
    Variables: Record<string, string>,
  ): Promise<void> {
    await this.props.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Timeout, Environment: { Variables } }),
    );
  }

  private async move(FunctionName: string, FunctionVersion: string | undefined): Promise<void> {
    await this.props.lambda.send(
      new UpdateAliasCommand({ FunctionName, Name: this.props.alias, FunctionVersion }),
    );
  }

  private async writeVisibility(QueueUrl: string, VisibilityTimeout: string): Promise<void> {
    await this.props.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout } }));
  }
}

async function unlessMissing(change: Promise<void>): Promise<void> {
  await change.catch((error: unknown) => {
    if (error instanceof ResourceNotFoundException || error instanceof QueueDoesNotExist) return;
    throw error;
  });
}
