import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  ResourceConflictException,
  ResourceNotFoundException,
  PreconditionFailedException,
  UpdateAliasCommand,
  type CreateAliasCommandInput,
  type DeleteAliasCommandInput,
  type DeleteFunctionCommandInput,
  type GetAliasCommandInput,
  type GetFunctionConfigurationCommandInput,
  type ListAliasesCommandInput,
  type ListVersionsByFunctionCommandInput,
  type UpdateAliasCommandInput,
} from "@aws-sdk/client-lambda";
import { mockClient } from "aws-sdk-client-mock";
import type { VersionSet } from "../alias-set";

interface Alias {
  FunctionVersion: string;
  Description: string;
  AdditionalVersionWeights: Record<string, number>;
  revision: number;
}

const shape = { $metadata: {} };
const notFound = () => new ResourceNotFoundException({ ...shape, message: "not found" });

/** Versions and aliases of functions, with the conditions that Lambda checks. */
export class SimulatedLambda {
  readonly client = new LambdaClient({ region: "eu-central-1" });
  /** Every update of an alias that was accepted, in order. */
  readonly updates: UpdateAliasCommandInput[] = [];
  /** Refuses an update of the alias. */
  refuses: (update: UpdateAliasCommandInput) => boolean = () => false;
  private readonly versions = new Map<string, Set<string>>();
  private readonly aliases = new Map<string, Alias>();
  private revisions = 0;

  constructor() {
    const mock = mockClient(this.client);
    mock
      .on(GetFunctionConfigurationCommand)
      .callsFake(({ FunctionName = "", Qualifier = "" }: GetFunctionConfigurationCommandInput) => {
        if (!this.versionsOf(FunctionName).has(Qualifier)) throw notFound();
        return { State: "Active", LastUpdateStatus: "Successful" };
      });
    mock
      .on(GetAliasCommand)
      .callsFake(({ FunctionName = "", Name = "" }: GetAliasCommandInput) =>
        this.view(Name, this.alias(FunctionName, Name)),
      );
    mock.on(ListAliasesCommand).callsFake(({ FunctionName }: ListAliasesCommandInput) => ({
      Aliases: [...this.aliases].flatMap(([key, alias]) => {
        const [name, own = ""] = key.split(":");
        return name === FunctionName ? [this.view(own, alias)] : [];
      }),
    }));
    mock
      .on(ListVersionsByFunctionCommand)
      .callsFake(({ FunctionName = "" }: ListVersionsByFunctionCommandInput) => ({
        Versions: ["$LATEST", ...this.versionsOf(FunctionName)].map((Version) => ({ Version })),
      }));
    mock.on(CreateAliasCommand).callsFake((input: CreateAliasCommandInput) => {
      const { FunctionName = "", Name = "", FunctionVersion = "", Description = "" } = input;
      if (!this.versionsOf(FunctionName).has(FunctionVersion)) throw notFound();
      this.setAlias(FunctionName, Name, FunctionVersion, Description);
    });
    mock.on(UpdateAliasCommand).callsFake((input: UpdateAliasCommandInput) => this.update(input));
    mock.on(DeleteAliasCommand).callsFake(({ FunctionName = "", Name = "" }: DeleteAliasCommandInput) => {
      this.aliases.delete(`${FunctionName}:${Name}`);
    });
    mock
      .on(DeleteFunctionCommand)
      .callsFake(({ FunctionName = "", Qualifier = "" }: DeleteFunctionCommandInput) => {
        for (const [key, alias] of this.aliases)
          if (key.startsWith(`${FunctionName}:`) && alias.FunctionVersion === Qualifier)
            throw new ResourceConflictException({ ...shape, message: "referenced by an alias" });
        this.versionsOf(FunctionName).delete(Qualifier);
      });
  }

  /** Publishes a version of each function. */
  publish(versions: VersionSet): void {
    for (const [name, version] of Object.entries(versions)) {
      const known = this.versions.get(name) ?? new Set<string>();
      this.versions.set(name, known.add(version));
    }
  }

  /** Creates aliases, as Terraform does for a new function. */
  createAliases(alias: string, versions: VersionSet): void {
    this.publish(versions);
    for (const [name, version] of Object.entries(versions)) this.setAlias(name, alias, version, "");
  }

  /** The versions that an alias names. */
  named(alias: string): VersionSet {
    return Object.fromEntries(
      [...this.aliases].flatMap(([key, { FunctionVersion }]) => {
        const [name = "", own] = key.split(":");
        return own === alias ? [[name, FunctionVersion]] : [];
      }),
    );
  }

  /** The versions that exist. */
  existing = (name: string): string[] => [...this.versionsOf(name)];

  private versionsOf = (name: string) => this.versions.get(name) ?? new Set<string>();

  private alias(name: string, alias: string): Alias {
    const found = this.aliases.get(`${name}:${alias}`);
    if (found === undefined) throw notFound();
    return found;
  }

  private setAlias(name: string, alias: string, FunctionVersion: string, Description: string): void {
    const revision = (this.revisions += 1);
    this.aliases.set(`${name}:${alias}`, {
      FunctionVersion,
      Description,
      AdditionalVersionWeights: {},
      revision,
    });
  }

  private view = (
    Name: string,
    { FunctionVersion, Description, AdditionalVersionWeights, revision }: Alias,
  ) => ({
    ...{ Name, FunctionVersion, Description, RevisionId: String(revision) },
    ...(Object.keys(AdditionalVersionWeights).length > 0 && { RoutingConfig: { AdditionalVersionWeights } }),
  });

  private update(input: UpdateAliasCommandInput) {
    const { FunctionName = "", Name = "", FunctionVersion, Description, RoutingConfig, RevisionId } = input;
    const alias = this.alias(FunctionName, Name);
    if (RevisionId !== undefined && RevisionId !== String(alias.revision))
      throw new PreconditionFailedException({ ...shape, message: "the RevisionId is stale" });
    if (FunctionVersion !== undefined && !this.versionsOf(FunctionName).has(FunctionVersion))
      throw notFound();
    if (this.refuses(input)) throw new Error(`refused for ${FunctionName}`);
    this.updates.push(input);
    Object.assign(alias, {
      ...(FunctionVersion !== undefined && { FunctionVersion }),
      ...(Description !== undefined && { Description }),
      ...(RoutingConfig !== undefined && {
        AdditionalVersionWeights: RoutingConfig.AdditionalVersionWeights,
      }),
      revision: (this.revisions += 1),
    });
    return this.view(Name, alias);
  }
}
