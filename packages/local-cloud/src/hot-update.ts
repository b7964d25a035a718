import { LambdaClient, UpdateAliasCommand, UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import { reproducibleZip } from "../../lambda-layer/src";
import { localClientConfig } from "./aws-clients";
import type { LocalTarget } from "./child-environment";

/** A function, by its name in the project and its name at Lambda. */
export interface DeployedFunction<Name extends string = string> {
  readonly name: Name;
  /** Its name at Lambda: `tasks-dev-api`. */
  readonly deployedAs: string;
}

/** Puts new code behind the alias `live` of functions on the emulator, without Terraform. */
export class HotUpdater<Name extends string> {
  private readonly lambda: LambdaClient;
  private readonly deployed = new Map<Name, string>();

  /** @param bundle builds the code of a function */
  constructor(
    target: LocalTarget,
    private readonly bundle: (name: Name) => Promise<{ readonly code: Uint8Array }>,
  ) {
    this.lambda = new LambdaClient(localClientConfig(target));
  }

  /** Remembers what is deployed, so that only what a change touches is updated. */
  async remember(functions: readonly DeployedFunction<Name>[]): Promise<void> {
    for (const { name } of functions) this.deployed.set(name, hashOf((await this.bundle(name)).code));
  }

  /**
   * Builds the functions, and updates those whose bundle is not what was deployed last.
   * @returns names of the updated ones
   * @throws what `bundle` throws; nothing is changed then
   */
  async update(functions: readonly DeployedFunction<Name>[]): Promise<Name[]> {
    const bundles = await Promise.all(
      functions.map(async (target) => ({ ...target, code: (await this.bundle(target.name)).code })),
    );
    const changed = bundles.filter(({ name, code }) => this.deployed.get(name) !== hashOf(code));
    await Promise.all(changed.map(({ deployedAs, code }) => publishCode(this.lambda, deployedAs, code)));
    for (const { name, code } of changed) this.deployed.set(name, hashOf(code));
    return changed.map(({ name }) => name);
  }
}

/** Makes code a version of a function, and has the alias `live` name that one. */
export async function publishCode(
  lambda: LambdaClient,
  FunctionName: string,
  code: Uint8Array,
): Promise<void> {
  const ZipFile = await reproducibleZip({ "index.js": code });
  const { Version } = await lambda.send(
    new UpdateFunctionCodeCommand({ FunctionName, ZipFile, Publish: true }),
  );
  await moveLive(lambda, FunctionName, Version);
}

/** Has the alias `live` of a function name a version. */
export async function moveLive(lambda: LambdaClient, FunctionName: string, FunctionVersion?: string) {
  await lambda.send(new UpdateAliasCommand({ FunctionName, Name: "live", FunctionVersion }));
}

const hashOf = (code: Uint8Array) => Buffer.from(code).toString("base64");
