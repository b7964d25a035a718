import { LambdaClient } from "@aws-sdk/client-lambda";
import { localClientConfig } from "./aws-clients";
import type { LocalTarget } from "./child-environment";
import { publishCode, type DeployedFunction } from "./live-code";

interface Built {
  readonly code: Uint8Array;
}

/** The result of an update. */
export interface HotUpdate<Name extends string> {
  readonly updated: readonly Name[];
  /** Functions that keep their code, each with the reason. */
  readonly refused: readonly (readonly [name: Name, reason: string])[];
}

/** Publishes new code of functions on the emulator, and moves their alias `live` to it, without Terraform. */
export class HotUpdater<Name extends string, Bundle extends Built = Built> {
  private readonly lambda: LambdaClient;
  private readonly deployed = new Map<Name, string>();

  /**
   * @param bundle builds the code of a function
   * @param refuse returns why a function must keep its code; undefined if it may be updated
   */
  constructor(
    target: LocalTarget,
    private readonly bundle: (name: Name) => Promise<Bundle>,
    private readonly refuse: (
      deployed: DeployedFunction<Name>,
      bundle: Bundle,
    ) => Promise<string | undefined> = () => Promise.resolve(undefined),
  ) {
    this.lambda = new LambdaClient(localClientConfig(target));
  }

  /**
   * Records what is deployed, so that only changed functions are updated.
   * @returns the bundles
   */
  async remember(functions: readonly DeployedFunction<Name>[]): Promise<Map<Name, Bundle>> {
    const bundles = new Map<Name, Bundle>();
    for (const { name } of functions) bundles.set(name, await this.bundle(name));
    for (const [name, bundle] of bundles) this.deployed.set(name, keyOf(bundle));
    return bundles;
  }

  /**
   * Builds the functions, and updates those whose bundle has changed.
   * @throws the error of `bundle`, before anything is changed
   */
  async update(functions: readonly DeployedFunction<Name>[]): Promise<HotUpdate<Name>> {
    const bundles = await Promise.all(
      functions.map(async (deployed) => ({ deployed, bundle: await this.bundle(deployed.name) })),
    );
    const changed = bundles.filter(
      ({ deployed: { name }, bundle }) => this.deployed.get(name) !== keyOf(bundle),
    );
    const updated: Name[] = [];
    const refused: [Name, string][] = [];
    await Promise.all(
      changed.map(async ({ deployed, bundle }) => {
        const reason = await this.refuse(deployed, bundle);
        if (reason !== undefined) return void refused.push([deployed.name, reason]);
        await publishCode(this.lambda, deployed.deployedAs, bundle.code);
        this.deployed.set(deployed.name, keyOf(bundle));
        updated.push(deployed.name);
      }),
    );
    return { updated, refused };
  }
}

const keyOf = ({ code }: Built) => Buffer.from(code).toString("base64");
