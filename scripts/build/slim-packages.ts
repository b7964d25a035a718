import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Plugin } from "esbuild";
import { unusedReplacements } from "./errors";

/** A file of a package that weighs more than what the functions use of it, and what the layer carries in its place. */
interface Replacement {
  readonly file: RegExp;
  readonly why: string;
  readonly contents: (path: string) => string;
}

/** Types that the API answers with, and asks for. */
const mediaTypes = [
  "application/json",
  "application/problem+json",
  "text/html",
  "text/css",
  "text/javascript",
];

const notInLayer = (what: string) =>
  `() => { throw new Error(${JSON.stringify(`${what} is not in the shared layer: see scripts/build/slim-packages.ts`)}); }`;

/** same-behaviour.command.test.ts shows that the API answers as it does from the packages as they were published. */
export const replacements: readonly Replacement[] = [
  {
    file: /\/zod\/v4\/locales\/index\.js$/,
    why: "messages in fifty languages, of which functions speak English",
    contents: () => 'export { default as en } from "./en.js";',
  },
  {
    file: /\/body-parser\/index\.js$/,
    why: "with character tables of half a megabyte; functions/api/middleware/json-body.ts reads bodies",
    contents: () =>
      ["json", "raw", "text", "urlencoded"]
        .map((name) => `exports.${name} = ${notInLayer(`express.${name}`)};`)
        .join("\n"),
  },
  {
    file: /\/mime-db\/db\.json$/,
    why: "2,500 media types, of which the API has five",
    contents: (path) => {
      const all = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
      return JSON.stringify(Object.fromEntries(mediaTypes.map((type) => [type, all[type]])));
    },
  },
  {
    file: /\/qs\/lib\/index\.js$/,
    why: "nested query strings; the API's are flat, and Express reads those with Node's own parser",
    contents: () => `exports.parse = ${notInLayer('"query parser": "extended"')};`,
  },
  {
    file: /\/debug\/src\/index\.js$/,
    why: "prints what DEBUG names, which a function does not set",
    contents: () => "module.exports = () => Object.assign(() => {}, { enabled: false });",
  },
  {
    file: /\/@aws-sdk\/credential-provider-node\/dist-es\/index\.js$/,
    why: "looks for credentials in files, SSO and instance metadata; Lambda gives them by environment variables",
    contents: () => 'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
  },
  {
    file: /\/shared-ini-file-loader\/loadSharedConfigFiles\.js$/,
    why: "reads ~/.aws/config and credentials, which a function does not have",
    contents: () => `export const CONFIG_PREFIX_SEPARATOR = ".";
      export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  },
  {
    file: /\/bowser\/bowser\.mjs$/,
    why: "tells browsers apart",
    contents: () => "export default {};",
  },
];

/**
 * Puts each replacement in the place of its file.
 * @param mustFindAll a replacement whose file no package has any more is an error
 */
export function slimPackages({ mustFindAll }: { readonly mustFindAll: boolean }): Plugin {
  return {
    name: "slim-packages",
    setup(build) {
      const used = new Set<Replacement>();
      for (const replacement of replacements) {
        build.onLoad({ filter: replacement.file }, ({ path }) => {
          used.add(replacement);
          return {
            contents: replacement.contents(path),
            loader: path.endsWith(".json") ? "json" : "js",
            resolveDir: dirname(path),
          };
        });
      }
      build.onEnd(() => {
        const unused = replacements.filter((replacement) => !used.has(replacement));
        return mustFindAll && unused.length > 0
          ? { errors: [{ text: unusedReplacements(unused.map(({ file }) => String(file))) }] }
          : undefined;
      });
    },
  };
}
