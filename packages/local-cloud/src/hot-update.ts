import { LambdaClient, UpdateAliasCommand, UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import { reproducibleZip } from "../../lambda-layer/src";
import { localClientConfig } from "./aws-clients";
import type { LocalTarget } from "./child-environment";

/** A function with its names in the project and in Lambda. */
export interface DeployedFunction<Name extends string = string> {
  readonly name: Name;
  /** Its name in Lambda: `tasks-dev-api`. */
  readonly deployedAs: string;
}

/** Publishes new code of functions on the emulator, and moves their alias `live` to it, without Terraform. */
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

  /** Records what is deployed, so that only changed functions are updated. */
  async remember(functions: readonly DeployedFunction<Name>[]): Promise<void> {
    for (const { name } of functions) this.deployed.set(name, hashOf((await this.bundle(name)).code));
  }

  /**
   * Builds the functions, and updates those whose bundle has changed.
   * @returns names of the updated functions
   * @throws the error of `bundle`, before anything is changed
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

/** Publishes code as a new version of a function, and moves the alias `live` to it. */
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

/** Moves the alias `live` of a function to a version. */
export async function moveLive(lambda: LambdaClient, FunctionName: string, FunctionVersion?: string) {
  await lambda.send(new UpdateAliasCommand({ FunctionName, Name: "live", FunctionVersion }));
}

const hashOf = (code: Uint8Array) => Buffer.from(code).toString("base64");
