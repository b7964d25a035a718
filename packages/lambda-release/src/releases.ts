import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  paginateListAliases,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
  type LambdaClient,
} from "@aws-sdk/client-lambda";
import type { VersionSet } from "./alias-set";

/** `started` until the new versions have passed all checks. Only a good release is a target of a rollback. */
export type ReleaseState = "started" | "good" | "bad";

export interface ReleaseNote {
  readonly state: ReleaseState;
  /** ISO 8601. */
  readonly at: string;
  /** The commit that was deployed. */
  readonly commit: string;
  /** Why it is bad. */
  readonly reason?: string;
}

export interface Release extends ReleaseNote {
  /** 1, 2, 3, … */
  readonly number: number;
  readonly versions: VersionSet;
}

const aliasName = (number: number) => `release-${number}`;
const aliasPattern = /^release-(\d+)$/;
const notePattern = /^(started|good|bad) (\S+) (\S+)(?: (.*))?$/s;
/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
const longestDescription = 256;

const descriptionOf = ({ state, at, commit, reason }: ReleaseNote): string =>
  [state, at, commit, ...(reason === undefined ? [] : [reason.replaceAll(/\s+/g, " ")])]
    .join(" ")
    .slice(0, longestDescription);

function readNote(description: string): ReleaseNote | undefined {
  const [, state, at, commit, reason] = notePattern.exec(description) ?? [];
  if (at === undefined || commit === undefined) return undefined;
  if (state !== "started" && state !== "good" && state !== "bad") return undefined;
  return { state, at, commit, ...(reason !== undefined && { reason }) };
}

/** The worst state that one of its aliases has: an interrupted change has reached some of them only. */
const worst = (one: ReleaseNote, other: ReleaseNote): ReleaseNote => {
  const order: readonly ReleaseState[] = ["bad", "started", "good"];
  return order.indexOf(one.state) <= order.indexOf(other.state) ? one : other;
};

/**
 * The releases of a set of functions. Each is an alias of its own on every function, `release-7`, whose description is the
 * note: what belongs together is stored where the versions are, and Lambda does not delete a version that an alias names.
 */
export class Releases {
  constructor(
    private readonly lambda: LambdaClient,
    private readonly names: readonly string[],
  ) {}

  /** All releases, the newest first. */
  async list(): Promise<Release[]> {
    const found = new Map<number, Release>();
    for (const name of this.names)
      for (const { alias, version, description } of await this.aliasesOf(name)) {
        const number = Number(aliasPattern.exec(alias)?.[1]);
        const note = readNote(description);
        if (Number.isNaN(number) || note === undefined) continue;
        const earlier = found.get(number);
        const versions = { ...earlier?.versions, [name]: version };
        found.set(number, { ...(earlier === undefined ? note : worst(note, earlier)), number, versions });
      }
    return [...found.values()].sort((one, other) => other.number - one.number);
  }

  /** Records versions as the next release. */
  async record(versions: VersionSet, note: ReleaseNote): Promise<Release> {
    const [latest] = await this.list();
    const number = (latest?.number ?? 0) + 1;
    const Name = aliasName(number);
    await Promise.all(
      Object.entries(versions).map(([FunctionName, FunctionVersion]) =>
        this.lambda.send(
          new CreateAliasCommand({ FunctionName, Name, FunctionVersion, Description: descriptionOf(note) }),
        ),
      ),
    );
    return { ...note, number, versions };
  }

  async setState(release: Release, state: ReleaseState, reason?: string): Promise<Release> {
    const { at, commit, number, versions } = release;
    const changed = { state, at, commit, ...(reason !== undefined && { reason }) };
    const Description = descriptionOf(changed);
    await Promise.all(
      Object.keys(versions).map((FunctionName) =>
        this.lambda.send(new UpdateAliasCommand({ FunctionName, Name: aliasName(number), Description })),
      ),
    );
    return { ...changed, number, versions };
  }

  /**
   * Deletes all but the newest releases, and the versions that no alias names then. The newest version of a function stays,
   * since Terraform's state has its number.
   * @returns the number of deleted versions
   */
  async prune(kept: number): Promise<number> {
    const outdated = (await this.list()).slice(kept);
    for (const { number, versions } of outdated)
      await Promise.all(
        Object.keys(versions).map((FunctionName) =>
          this.lambda.send(new DeleteAliasCommand({ FunctionName, Name: aliasName(number) })),
        ),
      );
    let deleted = 0;
    for (const FunctionName of this.names) {
      const named = new Set((await this.aliasesOf(FunctionName)).flatMap(({ allVersions }) => allVersions));
      const [, ...older] = await this.publishedVersions(FunctionName);
      for (const Qualifier of older.filter((version) => !named.has(version))) {
        await this.lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier }));
        deleted += 1;
      }
    }
    return deleted;
  }

  /** The newest published version of each function. */
  async published(): Promise<VersionSet> {
    const newest = this.names.map(async (name) => [name, (await this.publishedVersions(name))[0]] as const);
    return Object.fromEntries(
      (await Promise.all(newest)).flatMap(([name, version]) =>
        version === undefined ? [] : [[name, version] as const],
      ),
    );
  }

  /** The published versions of a function, the newest first. */
  private async publishedVersions(FunctionName: string): Promise<string[]> {
    const found: number[] = [];
    for await (const { Versions = [] } of paginateListVersionsByFunction(
      { client: this.lambda },
      { FunctionName },
    ))
      found.push(...Versions.map(({ Version }) => Number(Version)).filter((version) => version > 0));
    return found.sort((one, other) => other - one).map(String);
  }

  private async aliasesOf(FunctionName: string) {
    const found = [];
    for await (const { Aliases = [] } of paginateListAliases({ client: this.lambda }, { FunctionName }))
      for (const { Name = "", FunctionVersion = "", Description = "", RoutingConfig } of Aliases)
        found.push({
          alias: Name,
          version: FunctionVersion,
          description: Description,
          allVersions: [FunctionVersion, ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})],
        });
    return found;
  }
}
