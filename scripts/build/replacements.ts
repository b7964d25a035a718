import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { edited, lazily, notInLayer } from "./replaced-text";

/** A file of a package that weighs more than what the functions use of it, and what the layer carries in its place. */
export interface Replacement {
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

/** Whether a letter is one of those that names are made of; whether one beyond ASCII is, nobody knows here. */
const named = (letters: string) =>
  `{ test: (letter) => letter > "\\x7f" ? (${notInLayer("a path beyond ASCII")})() : /^${letters}$/i.test(letter) }`;

/** same-behaviour.command.test.ts shows that functions do as they do with the packages as they were published. */
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
    file: /\/express\/lib\/request\.js$/,
    why: "runs packages that few requests need",
    contents: (path) => lazily(path, ["accepts", "type-is"]),
  },
  {
    file: /\/express\/lib\/response\.js$/,
    why: "the same",
    contents: (path) =>
      edited(
        path,
        // Of a type that is not in the layer either, below.
        { "|| 'application/octet-stream'": `|| (${notInLayer("a media type by that name")})()` },
        lazily(path, ["mime-types", "content-disposition", "cookie", "statuses"]),
      ),
  },
  {
    file: /\/express\/lib\/utils\.js$/,
    why: "the same",
    contents: (path) => lazily(path, ["mime-types"]),
  },
  {
    file: /\/finalhandler\/index\.js$/,
    why: "the same",
    contents: (path) => lazily(path, ["statuses"]),
  },
  {
    file: /\/proxy-addr\/index\.js$/,
    why: "tells who is behind proxies that an application trusts: none, here",
    contents: () => `const trusted = ${notInLayer('"trust proxy"')};
      module.exports = ({ socket }, trust) => trust(socket.remoteAddress, 0) ? trusted() : socket.remoteAddress;
      module.exports.all = (request, trust) => [module.exports(request, trust)];
      module.exports.compile = (proxies) => proxies.length === 0 ? () => false : trusted();`,
  },
  {
    file: /\/serverless-express\/src\/event-sources\/index\.js$/,
    why: "sources of all kinds of events; functions/api/http-api-event.ts reads those that the API has",
    contents: () => `exports.getEventSource = ${notInLayer("this source of events")};`,
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
    file: /\/(send|serve-static)\/index\.js$/,
    why: "send files from a disk; the API's are in memory",
    contents: (path) => `module.exports = ${notInLayer(basename(dirname(path)))};`,
  },
  {
    file: /\/http-errors\/index\.js$/,
    why: "makes a class for each status, of which Express throws one, in response.format(), which the API does not call",
    contents: () => `module.exports = ${notInLayer("http-errors")};`,
  },
  {
    file: /\/path-to-regexp\/dist\/index\.js$/,
    why: "parameters named in any script: V8 takes half a megabyte to tell their letters; the API's are ASCII",
    contents: (path) =>
      edited(path, {
        "/^[$_\\p{ID_Start}]$/u": named("[$_a-z]"),
        "/^[$\\u200c\\u200d\\p{ID_Continue}]$/u": named("[$\\w]"),
      }),
  },
  {
    file: /\/depd\/index\.js$/,
    why: "warns of deprecated calls, and looks at stacks for whose they are; tests run with the package as published",
    contents: () => "module.exports = () => () => {};",
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
    file: /\/smithy-client\/NoOpLogger\.js$/,
    why: "others know it by its name, which classes in the layer do not keep",
    contents: (path) =>
      edited(path, { "class NoOpLogger {": 'class NoOpLogger { static name = "NoOpLogger";' }),
  },
  {
    file: /\/util-stream\/stream-type-check\.js$/,
    why: "asks for the classes of web streams, for which Node loads them all; a stream of Node has no need of them",
    contents: () =>
      ["ReadableStream", "Blob"]
        .map((name) => `export const is${name} = (stream) => stream?.constructor?.name === "${name}";`)
        .join("\n"),
  },
  {
    file: /\/uuid\/v4\.js$/,
    why: "asks the Web Crypto API, for which Node loads all of it",
    contents: () => 'import { randomUUID } from "node:crypto"; export const bindV4 = () => randomUUID;',
  },
  {
    file: /\/checksum\/crc32\/Crc32Node\.js$/,
    why: "asks zlib, which Node loads for it; no call of the functions has a CRC-32",
    contents: () => 'export { Crc32Js as Crc32Node } from "./Crc32Js";',
  },
  {
    file: /\/bowser\/bowser\.mjs$/,
    why: "tells browsers apart",
    contents: () => "export default {};",
  },
];
