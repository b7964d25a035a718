import { userError } from "../core/errors";

export const invalidName = (name: string, longest: number) =>
  userError(
    `"${name}" cannot name an environment.`,
    `2 to ${longest} of a-z and 0-9, a letter first: it is part of every resource's name, which may have 64 characters`,
    "choose another one: npm run new:env -- qa",
  );

export const environmentExists = (name: string) =>
  userError(
    `There is an environment ${name}.`,
    "a name without folders in deploy/*/environments",
    "choose another name",
  );

export const unknownSource = (name: string, known: readonly string[]) =>
  userError(
    `There is no environment ${name} to copy.`,
    `one of ${known.join(", ")}`,
    `name one: npm run new:env -- qa --from ${known[0] ?? "dev"}`,
  );

export const accountInUse = (accountId: string, holder: string) =>
  userError(
    `The account ${accountId} is that of ${holder}.`,
    "an account of its own for each environment: a mistake in one must not affect another",
    "give another one: --account 444455556666",
  );

export const uncommitted = (changes: readonly string[]) =>
  userError(
    `There are changes that are not committed:\n${changes.slice(0, 10).join("\n")}`,
    "a state to which git can return",
    "commit them, or add --force",
  );

export const devIsUsed = () =>
  userError(
    "The environment dev would be removed.",
    "dev among the environments that are kept: npm start and the tests on the emulator run it",
    "keep dev, and give it the values of the environment that you want",
  );

export const sameEnvironment = (name: string) =>
  userError(`${name} does not differ from itself.`, "two environments", "npm run diff:env -- dev prod");
