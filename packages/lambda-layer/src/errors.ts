/** A build failure. Its message is complete without the stack. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

/** The workspace whose package.json lists the packages. */
interface ListOfPackages {
  readonly folder: string;
}

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

export const bundlingFailed = (what: string, cause: unknown) =>
  new BuildError(`Could not build ${what}: ${messageOf(cause)}`, { cause });

export const missingModule = (specifier: string, from: string) =>
  new BuildError(
    `${from} requires "${specifier}", which is not installed.
  expected  a package that the layer's list names or depends on
  next      add it to the list, or to \`optional\` with the reason why the package works without it`,
  );

export const dynamicRequire = (from: string) =>
  new BuildError(
    `${from} calls require with an expression.
  expected  require("a string")
  next      check which modules it loads, and list the file in \`dynamic\` with the reason`,
  );

export const unsupportedRequire = (from: string, what: string) =>
  new BuildError(`${from} uses ${what}, which the layer does not support.`);

export const editIsOutdated = (text: string) =>
  new BuildError(
    `A file that is edited does not contain "${text}" any more.
  next      read the file again, and remove or change its entry in the table of edits`,
  );

export const editChangesNothing = (file: string) =>
  new BuildError(
    `The edit of ${file} does not change it any more.
  next      read the file again, and remove or change its entry in the table of edits`,
  );

export const editVersion = (file: string, expected: string, found: string) =>
  new BuildError(
    `${file} is of version ${found}; its edit was reviewed with ${expected}.
  next      read the file again, run \`npm run cli -- test-packages\`, and set the new version in the table of edits`,
  );

export const exerciseFailed = (exercise: string, cause: unknown) =>
  new BuildError(`The exercise ${exercise} failed with the layer:\n${messageOf(cause)}`, { cause });

export const unlistedPackage = (name: string, { folder }: ListOfPackages) =>
  `"${name}" is imported, but ${folder}/package.json, from which the layer is built, does not list it.
  next      npm install --save-exact ${name} -w ${folder}`;

export const unusedPackages = (names: readonly string[], { folder }: ListOfPackages) =>
  new BuildError(`${folder}/package.json lists ${names.join(", ")}, which no function imports.
  next      npm uninstall ${names.join(" ")} -w ${folder}`);
