import { environmentNames } from "../../deploy/config/environments";
import type { GithubRepository } from "../../deploy/config/schemas/core";
import { listOf, matching, oneOf, valuesByName } from "../../packages/command-line/src/arguments";

/** Values that each team replaces; undefined keeps a value. */
export interface SetupValues {
  /** The environments that are kept. */
  readonly environments?: readonly string[];
  /** Account ids by environment. */
  readonly accounts?: Readonly<Record<string, string>>;
  readonly region?: string;
  /** `none` removes the repository. */
  readonly repository?: Pick<GithubRepository, "owner" | "repository"> | "none";
  readonly repositoryIds?: Pick<GithubRepository, "owner_id" | "repository_id">;
}

const environment = (given: string) => oneOf("environments", environmentNames())(given);
export const accountId = (given: string) =>
  matching("an account id of 12 digits", /^(\d{12})$/, "id")(given).id;
export const environmentList = listOf(environment);
export const accountsByEnvironment = valuesByName(environment, accountId);

const ownerAndName = matching(
  "a GitHub repository as owner/name, or none",
  /^([\w-]+)\/([\w.-]+)$/,
  "owner",
  "repository",
);
export const repositoryName = (given: string) => (given === "none" ? given : ownerAndName(given));
export const repositoryIdPair = matching(
  "the ids of owner and repository as 1234567/7654321",
  /^([1-9]\d*)\/([1-9]\d*)$/,
  "owner_id",
  "repository_id",
);
