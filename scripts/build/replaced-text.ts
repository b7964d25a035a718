import { readFileSync } from "node:fs";
import { editIsOutdated } from "./errors";

/** In the place of a function that nothing calls. */
export const notInLayer = (what: string) =>
  `() => { throw new Error(${JSON.stringify(`${what} is not in the shared layer: see scripts/build/replacements.ts`)}); }`;

/**
 * A file with some of its text in other words.
 * @throws {BuildError} when one of them is not there
 */
export const edited = (
  path: string,
  edits: Readonly<Record<string, string>>,
  text = readFileSync(path, "utf8"),
): string =>
  Object.entries(edits).reduce((edited, [from, to]) => {
    if (!edited.includes(from)) throw editIsOutdated(path, from);
    return edited.replaceAll(from, () => to);
  }, text);

/**
 * A file whose packages of those names run when something is first asked of them, and not with it.
 * @throws {BuildError} when it does not require one of them, as Express writes that
 */
export const lazily = (path: string, packages: readonly string[]): string =>
  packages.reduce(
    (text, name) => {
      const required = new RegExp(`^var (\\w+) = require\\('${name}'\\);?$`, "m");
      if (!required.test(text)) throw editIsOutdated(path, String(required));
      return text.replace(
        required,
        (_line, variable: string) => `var ${variable} = lazy(() => require('${name}'));`,
      );
    },
    readFileSync(path, "utf8"),
  ) + lazy;

const lazy = `
function lazy(load) {
  return new Proxy(load, {
    apply: (_load, self, given) => Reflect.apply(load(), self, given),
    get: (_load, name) => load()[name],
    set: () => false,
  });
}
`;
