import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  ResourceNotFoundException,
  UpdateAliasCommand,
  waitUntilPublishedVersionActive,
  type AliasConfiguration,
  type LambdaClient,
} from "@aws-sdk/client-lambda";
import { moveFailed } from "./errors";

/** A version of each function, by the function's name. */
export type VersionSet = Readonly<Record<string, string>>;

/** Lambda creates an execution environment for a new version of a function only when it is in a VPC: this is ample. */
const activeWithinSeconds = 60;

interface Move {
  readonly name: string;
  /** The main version of the alias. */
  readonly version: string;
  /** Another version, and its share of the invocations from 0 to 1. */
  readonly weight?: { readonly version: string; readonly share: number };
}

/** The alias of the same name on several functions. */
export class AliasSet {
  constructor(
    private readonly lambda: LambdaClient,
    readonly alias: string,
  ) {}

  /** The version that the alias of each function names, without functions that have no such alias. */
  async versions(names: readonly string[]): Promise<VersionSet> {
    const found = await Promise.all(names.map((name) => this.find(name)));
    return Object.fromEntries(
      names.flatMap((name, at) => {
        const version = found[at]?.FunctionVersion;
        return version === undefined ? [] : [[name, version]];
      }),
    );
  }

  /** Waits until each version can be invoked. @throws {Error} at once when one does not exist */
  async waitUntilActive(versions: VersionSet): Promise<void> {
    const waiter = { client: this.lambda, maxWaitTime: activeWithinSeconds, minDelay: 1, maxDelay: 2 };
    await Promise.all(
      Object.entries(versions).map(async ([FunctionName, Qualifier]) => {
        // The waiter would wait for a missing version.
        const version = { FunctionName, Qualifier };
        await this.lambda.send(new GetFunctionConfigurationCommand(version));
        await waitUntilPublishedVersionActive(waiter, version);
      }),
    );
  }

  /**
   * Moves the aliases of all functions to these versions, or none.
   * @throws {ReleaseError} when Lambda refuses a move; the aliases are as they were
   */
  move(versions: VersionSet): Promise<void> {
    return this.moveAll(Object.entries(versions).map(([name, version]) => ({ name, version })));
  }

  /**
   * Routes a share of the invocations, from 0 to 1, to other versions; of all functions, or none.
   * https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
   */
  async shift(from: VersionSet, to: VersionSet, share: number): Promise<void> {
    const moves = Object.entries(to).flatMap(([name, version]): Move[] => {
      const main = from[name];
      if (main === undefined || main === version) return [];
      return [{ name, version: main, weight: { version, share } }];
    });
    await this.moveAll(moves);
  }

  private async moveAll(moves: readonly Move[]): Promise<void> {
    const before = await Promise.all(moves.map(({ name }) => this.find(name)));
    const outcomes = await Promise.allSettled(
      moves.map((move, at) => this.update(move, before[at]?.RevisionId)),
    );
    const failed = outcomes.flatMap((outcome, at) =>
      outcome.status === "rejected"
        ? [{ name: moves[at]?.name ?? "", cause: outcome.reason as unknown }]
        : [],
    );
    const [first] = failed;
    if (first === undefined) return;
    const moved = moves.flatMap(({ name }, at) => {
      const outcome = outcomes[at];
      const version = before[at]?.FunctionVersion;
      return outcome?.status === "fulfilled" && version !== undefined
        ? [{ name, version, revision: outcome.value.RevisionId }]
        : [];
    });
    const undone = await Promise.allSettled(moved.map((move) => this.update(move, move.revision)));
    const stuck = moved.flatMap(({ name }, at) => (undone[at]?.status === "rejected" ? [name] : []));
    throw moveFailed(this.alias, first.name, stuck, first.cause);
  }

  /** @param RevisionId Lambda refuses the update when another caller has changed the alias since */
  private update(
    { name, version, weight }: Move,
    RevisionId: string | undefined,
  ): Promise<AliasConfiguration> {
    return this.lambda.send(
      new UpdateAliasCommand({
        FunctionName: name,
        Name: this.alias,
        FunctionVersion: version,
        RoutingConfig: {
          AdditionalVersionWeights: weight === undefined ? {} : { [weight.version]: weight.share },
        },
        RevisionId,
      }),
    );
  }

  private async find(FunctionName: string): Promise<AliasConfiguration | undefined> {
    try {
      return await this.lambda.send(new GetAliasCommand({ FunctionName, Name: this.alias }));
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }
}

/** Whether all functions of the second set have the same version in the first one. */
export const includesSet = (set: VersionSet, part: VersionSet): boolean =>
  Object.entries(part).every(([name, version]) => set[name] === version);
