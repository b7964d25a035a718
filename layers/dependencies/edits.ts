import { replaced, type Edit } from "../../packages/lambda-layer/src/edits";
import { debugUntilUsed, lazyChoice } from "./edited-text";

/** The types of most responses: their charset is known without the other 2,500. */
const usualTypes = [
  "application/json",
  "application/problem+json",
  "text/html",
  "text/plain",
  "text/css",
  "text/javascript",
];

/** Modules that packages load if installed: specifier → reason. */
export const optionalModules = {
  "supports-color": "an optional peer of debug, which colours what it prints to a terminal; Lambda has none",
} as const;

/** Files of packages with a dynamic `require`: path → reason. */
export const dynamicRequires = {
  "express/lib/view.js":
    "requires the template engine that an application names, from the function's own folder",
} as const;

/** Packages whose exported function can be called later: it returns a function and has no side effects. */
export const pureCalls = {
  debug: "returns a function that prints what the environment variable DEBUG selects",
  depd: "returns a function that warns of deprecated calls",
} as const;

const checksums = "@smithy/core/dist-es/submodules/checksum";

/** Edits that make code lazy where `deferRequires` cannot. Nothing is removed. */
export const edits: readonly Edit[] = [
  {
    file: "mime-types/index.js",
    version: "3.0.2",
    reason: "parses mime-db and builds its maps while it is loaded, although most responses need one charset",
    test: "mime-types",
    change: (text, read) => {
      const all = JSON.parse(read("mime-db/db.json")) as Record<string, unknown>;
      const usual = JSON.stringify(Object.fromEntries(usualTypes.map((type) => [type, all[type]])));
      return replaced(text, {
        "db[match[1].toLowerCase()]": "typeEntry(match[1].toLowerCase())",
        "exports.extensions = Object.create(null)\n": "defineLazyMap('extensions')\n",
        "exports.types = Object.create(null)\n": "defineLazyMap('types')\n",
        "exports._extensionConflicts = []\n": "defineLazyMap('_extensionConflicts')\n",
        "populateMaps(exports.extensions, exports.types)\n": `
function defineLazyMap (name) {
  Object.defineProperty(exports, name, {
    configurable: true,
    enumerable: true,
    get () { populateAll(); return exports[name] },
    set (value) { populateAll(); exports[name] = value }
  })
}
function populateAll () {
  var values = { extensions: Object.create(null), types: Object.create(null), _extensionConflicts: [] }
  Object.keys(values).forEach(function (name) {
    Object.defineProperty(exports, name, { value: values[name], writable: true, configurable: true, enumerable: true })
  })
  populateMaps(exports.extensions, exports.types)
}
var usualTypes = ${usual}
function typeEntry (type) { return Object.hasOwn(usualTypes, type) ? usualTypes[type] : db[type] }
`,
      });
    },
  },
  {
    file: "zod/v4/locales/index.js",
    version: "4.6.7",
    reason: "messages in fifty languages, of which a program uses one",
    test: "zod locales",
    change: (text) =>
      text.replace(
        /export \{ default as (\w+) \} from "\.\/([\w-]+)\.js";/g,
        (line, name: string, file: string) =>
          name === "en" ? line : `export const ${name} = () => require("./${file}.cjs")();`,
      ),
  },
  {
    file: "path-to-regexp/dist/index.js",
    version: "8.4.2",
    reason:
      "V8 takes milliseconds to compile the classes of Unicode letters, which names in ASCII do not need",
    test: "path-to-regexp",
    change: (text) =>
      replaced(text, {
        "const ID_START = /^[$_\\p{ID_Start}]$/u;":
          "const ID_START = asciiFirst(/^[$_a-zA-Z]$/, () => /^[$_\\p{ID_Start}]$/u);",
        "const ID_CONTINUE = /^[$\\u200c\\u200d\\p{ID_Continue}]$/u;":
          "const ID_CONTINUE = asciiFirst(/^[$\\w]$/, () => /^[$\\u200c\\u200d\\p{ID_Continue}]$/u);\n" +
          "function asciiFirst(ascii, any) { let regexp; return { test: (letter) => letter <= '\\x7f' ? ascii.test(letter) : (regexp ??= any()).test(letter) }; }",
      }),
  },
  {
    file: "@smithy/core/dist-es/submodules/serde/uuid/v4.js",
    version: "3.41.0",
    reason: "reads the global crypto, for which Node loads all of the Web Crypto API",
    test: "uuid",
    change: (text) =>
      replaced(text, {
        "export function bindV4(getRandomValues) {":
          "export function bindV4(getRandomValues) {\n    let v4;\n    return () => (v4 ??= chooseV4(getRandomValues))();\n}\nfunction chooseV4(getRandomValues) {",
      }),
  },
  {
    file: "@smithy/core/dist-es/submodules/serde/index.js",
    version: "3.41.0",
    reason: "loads node:crypto for the random values of a UUID",
    test: "uuid",
    change: (text) =>
      replaced(text, {
        "const _getRandomValues = getRandomValues;":
          "const _getRandomValues = (bytes) => getRandomValues(bytes);",
      }),
  },
  ...["sha256/Sha256", "md5/Md5", "crc32/Crc32"].map((name): Edit => ({
    file: `${checksums}/${name}Node.js`,
    version: "3.41.0",
    reason: "loads node:crypto or node:zlib to choose between Node's implementation and its own",
    test: "checksums",
    change: (text) => lazyChoice(text, `${name.replace(/.*\//, "")}Node`),
  })),
  {
    file: "@smithy/node-http-handler/dist-es/node-http-handler.js",
    version: "4.14.2",
    reason: "creates an HTTPS agent, for which Node loads all of TLS, before a request needs it",
    test: "https agent",
    change: (text) =>
      replaced(text, {
        "            httpsAgent: (() => {": "            get httpsAgent() { const value = ((httpsAgent) => {",
        "                    this.externalAgent = true;\n                    return httpsAgent;":
          "                    return httpsAgent;",
        "                return new node_https.Agent({ keepAlive, maxSockets, ...httpsAgent });\n            })(),":
          "                return new node_https.Agent({ keepAlive, maxSockets, ...httpsAgent });\n            })(httpsAgent);\n" +
          '            Object.defineProperty(this, "httpsAgent", { value, writable: true, enumerable: true, configurable: true });\n            return value; },',
        // Requests by HTTP depend on it too.
        "        let httpAgentPromise;":
          '        let httpAgentPromise;\n        if (typeof httpsAgent?.destroy === "function")\n            this.externalAgent = true;',
        // A copy of the configuration gets the accessor, not its value.
        "            return {\n                ...config,\n                [key]: value,\n            };":
          "            const data = { value, writable: true, enumerable: true, configurable: true };\n" +
          "            return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(config), [key]: data });",
      }),
  },
  {
    file: "@smithy/core/dist-es/submodules/config/shared-ini-file-loader/readFile.js",
    version: "3.41.0",
    reason: "loads node:fs/promises to find that there is no configuration file",
    test: "shared configuration files",
    change: (text) =>
      replaced(text, {
        'import { readFile as fsReadFile } from "node:fs/promises";':
          'import { existsSync, readFileSync } from "node:fs";\nimport { readFile as fsReadFile } from "node:fs/promises";',
        'fsReadFile(path, "utf8")':
          'existsSync(path) ? fsReadFile(path, "utf8") : new Promise((resolve) => resolve(readFileSync(path, "utf8")))',
      }),
  },
  {
    file: "debug/src/index.js",
    version: "4.4.3",
    reason:
      "loads node:tty and node:util, and looks for supports-color, to print nothing unless DEBUG is set",
    test: "debug",
    change: (text) =>
      replaced(text, {
        "module.exports = require('./node.js');": debugUntilUsed,
      }),
  },
];
