import { BuildError } from "../errors";

/** What happened, what was expected, what to do. */
const suiteError = (happened: string, expected: string, next: string, cause?: unknown) =>
  new BuildError(`${happened}\n  expected  ${expected}\n  next      ${next}`, { cause });

export const notTheRepository = (name: string, folder: string, found: string, cause?: unknown) =>
  suiteError(
    `${folder} is not the repository of ${name}: ${found}.`,
    `a folder whose package.json has the name "${name}"; in a repository of several packages, that package's folder`,
    `clone the repository of ${name}, at the version that is installed here`,
    cause,
  );

export const packageNotInstalled = (name: string, cause: unknown) =>
  suiteError(
    `${name} is not installed in this repository.`,
    "a package of the layer",
    "npm ci, and check the name",
    cause,
  );

export const packageNotInLayer = (name: string) =>
  suiteError(
    `The layer has no module of ${name}.`,
    "a package that layers/dependencies/package.json lists, or a dependency of one",
    "check the name",
  );

export const suiteNotInstalled = (folder: string) =>
  suiteError(
    `There is no node_modules in ${folder}, nor above it.`,
    "the suite's own dependencies",
    `npm install --ignore-scripts, in ${folder}; or follow the package's contribution guide`,
  );

export const noTestScript = (folder: string) =>
  suiteError(
    `${folder}/package.json has no script "test".`,
    "a command that runs the suite",
    "npm run cli -- test-packages <package> <folder> <command>",
  );

export const nothingToReplace = (name: string, folder: string) =>
  suiteError(
    `No file in ${folder} replaces a module that the layer has of ${name}.`,
    "the files that the package has, or their sources in TypeScript",
    "check out the version that is installed here, and build the package if its suite tests what was built",
  );

export const nothingReplaced = (name: string) =>
  suiteError(
    `The suite did not load a file of ${name} that was replaced, and so proves nothing.`,
    "tests that load the package's own files, in processes that get NODE_OPTIONS",
    "check how the suite loads the package",
  );
