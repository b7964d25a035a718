import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListEventSourceMappingsCommand,
  PublishVersionCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type LambdaClient,
} from "@aws-sdk/client-lambda";
import { eachOf } from "../../../deploy/shared/each-of";
import { reproducibleZip } from "../../../packages/lambda-layer/src/zip";
import { functionNames, type FunctionName } from "../../../scripts/build/paths";
import { moveLive, publishCode } from "../../../packages/local-cloud/src/live-code";
import {
  changesPostgres,
  mutatedBundle,
  mutatedFunctions,
  mutatedPostgresLayer,
  mutatedRelease,
  type Mutation,
} from "./mutations/mutation";
import { replacePostgresLayer } from "./replace-postgres-layer";
import { prefixOf } from "../../support/names";

/** Changes of the deployed functions for the time of some work; afterwards the aliases point to Terraform's versions. */
export class FunctionChanges {
  private readonly mutations: Mutation[] = [];

  constructor(
    private readonly lambda: LambdaClient,
    private readonly environment: string,
  ) {}

  /** Runs work while all functions call SQS and DynamoDB through a proxy, with other settings. */
  async behindProxy<T>(
    proxy: string,
    settings: { readonly workerTimeoutSeconds: number; readonly variables: Readonly<Record<string, string>> },
    work: () => Promise<T>,
  ): Promise<T> {
    const versions = await Promise.all(functionNames.map((name) => this.liveVersion(name)));
    const before = await Promise.all(functionNames.map((name) => this.configuration(name)));
    try {
      for (const [at, name] of functionNames.entries()) {
        const variables = {
          ...before[at]?.variables,
          ...settings.variables,
          AWS_ENDPOINT_URL_SQS: proxy,
          AWS_ENDPOINT_URL_DYNAMODB: proxy,
        };
        const timeoutSeconds =
          name === "worker" ? settings.workerTimeoutSeconds : (before[at]?.timeoutSeconds ?? 3);
        await this.configure(name, timeoutSeconds, variables);
      }
      return await work();
    } finally {
      for (const [at, name] of functionNames.entries()) {
        const { timeoutSeconds = 3, variables = {} } = before[at] ?? {};
        await this.configure(name, timeoutSeconds, variables);
        await moveLive(this.lambda, this.nameOf(name), versions[at]);
      }
    }
  }

  /** Runs work while a function has other environment variables. */
  async withVariables<T>(
    name: FunctionName,
    variables: Readonly<Record<string, string>>,
    work: () => Promise<T>,
  ): Promise<T> {
    const before = await this.configuration(name);
    await this.configure(name, before.timeoutSeconds, { ...before.variables, ...variables });
    try {
      return await work();
    } finally {
      await this.configure(name, before.timeoutSeconds, before.variables);
    }
  }

  /** Runs work while functions have changed sources, for example without a protection. Nested mutations add up. */
  async withMutation<T>(mutation: Mutation, work: () => Promise<T>): Promise<T> {
    this.mutations.push(mutation);
    await this.publishMutated(mutation);
    try {
      return await work();
    } finally {
      this.mutations.splice(this.mutations.indexOf(mutation), 1);
      await this.publishMutated(mutation);
    }
  }

  /**
   * Runs work while a changed version of a function is published, and the alias does not name it; afterwards the alias names
   * a version without the change.
   */
  async withPublished<T>(
    name: FunctionName,
    mutation: Mutation,
    work: (versions: Readonly<Record<FunctionName, string>>) => Promise<T>,
  ): Promise<T> {
    const code = await mutatedBundle(name, [...this.mutations, mutation]);
    const live = await Promise.all(functionNames.map((each) => this.liveVersion(each)));
    const versions = eachOf(functionNames, (each) => live[functionNames.indexOf(each)] ?? "");
    const { Version = "" } = await this.lambda.send(
      new UpdateFunctionCodeCommand({
        FunctionName: this.nameOf(name),
        ZipFile: await reproducibleZip({ "index.js": code }),
        Publish: true,
      }),
    );
    try {
      return await work({ ...versions, [name]: Version });
    } finally {
      await this.publishAll([name]);
    }
  }

  /** The program that releases versions, with the current mutations. */
  releaseProgram = (): Promise<Uint8Array> => mutatedRelease(this.mutations);

  /** Publishes what a mutation changes, with the current mutations. */
  private async publishMutated(mutation: Mutation): Promise<void> {
    await this.publishAll(mutatedFunctions(mutation));
    if (!changesPostgres(mutation)) return;
    const content = await mutatedPostgresLayer(this.mutations);
    await replacePostgresLayer(this.lambda, prefixOf(this.environment), functionNames, content);
  }

  private async publishAll(names: readonly FunctionName[]): Promise<void> {
    for (const name of names) {
      const code = await mutatedBundle(name, this.mutations);
      await publishCode(this.lambda, this.nameOf(name), code);
    }
  }

  /** Runs work without deliveries to the worker, so that it gets full batches afterwards. */
  async withoutDeliveries<T>(work: () => Promise<T>): Promise<T> {
    const FunctionName = `${this.nameOf("worker")}:live`;
    const { EventSourceMappings = [] } = await this.lambda.send(
      new ListEventSourceMappingsCommand({ FunctionName }),
    );
    const enable = async (Enabled: boolean) => {
      for (const { UUID } of EventSourceMappings)
        await this.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    };
    if (EventSourceMappings.length === 0)
      throw new Error(`Expected an event source mapping of ${FunctionName}, found none`);
    await enable(false);
    try {
      return await work();
    } finally {
      await enable(true);
    }
  }

  /** @throws {Error} when the function fails */
  async invoke(name: FunctionName, event: object): Promise<void> {
    const { FunctionError, Payload } = await this.lambda.send(
      new InvokeCommand({
        FunctionName: this.nameOf(name),
        Qualifier: "live",
        Payload: JSON.stringify(event),
      }),
    );
    if (FunctionError !== undefined) throw new Error(`${name}: ${Buffer.from(Payload ?? []).toString()}`);
  }

  private async configuration(name: FunctionName) {
    const { Timeout = 3, Environment } = await this.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: this.nameOf(name) }),
    );
    return { timeoutSeconds: Timeout, variables: Environment?.Variables ?? {} };
  }

  private async configure(
    name: FunctionName,
    Timeout: number,
    Variables: Record<string, string>,
  ): Promise<void> {
    const FunctionName = this.nameOf(name);
    await this.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Timeout, Environment: { Variables } }),
    );
    const { Version } = await this.lambda.send(new PublishVersionCommand({ FunctionName }));
    await moveLive(this.lambda, FunctionName, Version);
  }

  /** The version that the alias of a function names. */
  async liveVersion(name: FunctionName): Promise<string | undefined> {
    const { FunctionVersion } = await this.lambda.send(
      new GetAliasCommand({ FunctionName: this.nameOf(name), Name: "live" }),
    );
    return FunctionVersion;
  }

  private readonly nameOf = (name: FunctionName) => `${prefixOf(this.environment)}-${name}`;
}
