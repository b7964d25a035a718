/** A build that cannot go on. Its message is meant to be read as it is, without a stack. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

const dependencies = "layers/dependencies/package.json";

export const bundlingFailed = (what: string, cause: unknown) =>
  new BuildError(`Could not build ${what}: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
  });

export const taskTypesAreWrong = (cause: unknown) =>
  new BuildError(cause instanceof Error ? cause.message : String(cause), { cause });

export const unlistedPackage = (name: string) =>
  `"${name}" is imported, but ${dependencies}, from which the shared layer is made, does not list it. ` +
  `Run: npm install --save-exact ${name} -w layers/dependencies`;

export const unusedPackages = (names: readonly string[]) =>
  new BuildError(
    `${dependencies} lists ${names.join(", ")}, which no function imports. ` +
      `Run: npm uninstall ${names.join(" ")} -w layers/dependencies`,
  );

export const unusedReplacements = (files: readonly string[]) =>
  `No package has a file ${files.join(", ")} any more: take it out of scripts/build/replacements.ts, or mend it there.`;

export const editIsOutdated = (file: string, text: string) =>
  new BuildError(
    `${file} has no "${text}" any more: take the edit out of scripts/build/replacements.ts, or mend it there.`,
  );

export const codeCacheFailed = (exercise: string, output: string) =>
  new BuildError(`Could not make the layer's code cache: ${exercise} ended with\n${output}`);

export const noSourceMap = (path: string) =>
  new BuildError(`There is no ${path}.
  expected  the source maps of the build that is deployed
  next      check out its commit, \`npm ci\`, then \`npm run build\``);
