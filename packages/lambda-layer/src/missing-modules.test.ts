import { BuildError } from "./errors";
import { TinyLayer } from "./testing/tiny-layer";

jest.setTimeout(60_000);

/** A function's source, and its packages. */
test.each<[string, string, Readonly<Record<string, string>>]>([
  ["a function imports a package that is not installed", 'import "missing"; import "known";', {}],
  ["a function has a dynamic import of it", 'import "known"; export const f = () => import("missing");', {}],
  ["a function requires it", 'import "known"; export const f = () => require("missing");', {}],
  [
    "a function imports a package that is installed and not listed",
    'import { b } from "other"; import "known"; export const f = () => b;',
    { "other/index.js": "exports.b = 1;" },
  ],
  [
    "a package requires a module that is not installed",
    'import known from "known"; export const f = () => known;',
    { "known/index.js": 'exports.later = function () { return require("missing"); };' },
  ],
  [
    "a package tries to load a module that is neither installed nor listed as optional",
    'import known from "known"; export const f = () => known;',
    { "known/index.js": 'try { exports.missing = require("missing"); } catch (error) {}' },
  ],
  [
    "a package has a dynamic require, and is not listed as dynamic",
    'import known from "known"; export const f = () => known;',
    { "known/index.js": "exports.load = function (name) { return require(name); };" },
  ],
  [
    "an ES module has a dynamic import of a module that is not installed",
    'import { f } from "known"; export { f };',
    {
      "known/package.json": '{ "version": "1.0.0", "type": "module", "exports": "./index.js" }',
      "known/index.js": 'export const f = () => import("missing");',
    },
  ],
])("the build fails when %s", async (_what, functionText, packages) => {
  const layer = new TinyLayer({ "known/index.js": "exports.a = 1;", ...packages }, functionText);
  try {
    await expect(layer.build(["known"])).rejects.toThrow(BuildError);
  } finally {
    layer.dispose();
  }
});
