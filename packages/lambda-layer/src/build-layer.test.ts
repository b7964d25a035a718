import { TinyLayer } from "./testing/tiny-layer";

/** Packages, each with a feature of Node's module loader. */
const packages = {
  "callable/index.js": `
    module.exports = function callable(x) { return "called " + x; };
    module.exports.part = "part";`,
  "uses-callable/index.js": `
    var callable = require("callable");
    exports.callable = callable;
    exports.part = require("callable").part;
    exports.own = function () { return callable.part; };`,
  "circular/index.js": `
    exports.first = "a";
    exports.seen = require("./b").seen();
    exports.last = function () { return require("./b").seen(); };`,
  "circular/b.js": `var a = require("./index"); exports.seen = function () { return Object.keys(a).join(); };`,
  "throws/index.js": `globalThis.attempts = (globalThis.attempts || 0) + 1; throw new RangeError("attempt " + attempts);`,
  "requires-throws/index.js": `var throws = require("throws"); exports.never = function () { return throws; };`,
  "sets-global/index.js": `globalThis.wasSet = "by a package";`,
  "requires-sets-global/index.js": `var unused = require("sets-global"); exports.use = function () { return unused; };`,
  "reads-environment/index.js": `exports.value = process.env.TINY;`,
  "requires-environment/index.js": `var read = require("reads-environment"); exports.value = function () { return read.value; };`,
  "json/index.js": `exports.data = require("./data.json"); exports.again = require("./data.json");`,
  "json/data.json": `{ "a": [1, "\u00e4"] }`,
  "itself/index.js": `#!/usr/bin/env node
    exports.isThis = this === exports && this === module.exports;
    exports.file = __filename.slice(__dirname.length);
    exports.isLoaded = module.loaded;
    exports.isStrict = (function () { return this === undefined; })();
    exports.isLoadedLater = function () { return module.loaded; };`,
  "strict/index.js": `"use strict"; exports.isStrict = (function () { return this === undefined; })();`,
  "named/index.js": `
    class SomeError extends Error {}
    function someFunction() {}
    exports.names = [SomeError.name, new SomeError().constructor.name, someFunction.name, (() => {}).name];
    exports.text = "\u00e4\u{1f600}";`,
  "optional/index.js": `try { exports.found = require("not-installed"); } catch (error) { exports.code = error.code; }`,
  "plugins/index.js": `exports.load = function (name) { return require(name).name; };`,
  "es/package.json": `{ "version": "1.0.0", "type": "module", "exports": "./index.js" }`,
  "es/index.js": `
    import callable, { part } from "callable";
    export default function () { return callable(part); }
    export let count = 0;
    export const increase = () => ++count;
    export const later = () => import("./later.js");
    export * from "./more.js";`,
  "es/more.js": `export const more = "more"; export const never = "unused";`,
  "es/later.js": `import { more } from "./more.js"; export default more; export const isLater = true;`,
  "whole-es/package.json": `{ "version": "1.0.0", "type": "module", "exports": "./index.js" }`,
  "whole-es/index.js": `export { more } from "es"; export default function whole() {}`,
};

const functionText = `
  import callable, { part } from "callable";
  import * as usesCallable from "uses-callable";
  import circular from "circular";
  import json from "json";
  import itself from "itself";
  import strict from "strict";
  import named from "named";
  import optional from "optional";
  import plugins from "plugins";
  import environment from "requires-environment";
  import es, { count, increase, later, more } from "es";
  export const call = () => [callable("x"), part];
  export const identity = () => [
    require("callable") === callable,
    usesCallable.callable === callable,
    require("uses-callable").callable === callable,
    usesCallable.part === part,
    usesCallable.own() === part,
    require("itself") === itself,
  ];
  export const lazyExports = () => {
    const of = require("uses-callable");
    const before = Object.keys(of).join();
    of.part = "mine";
    return [before, of.part, "callable" in of, JSON.stringify(Object.getOwnPropertyDescriptor(of, "part"))];
  };
  export const aCircle = () => [circular, circular.last()];
  export const throwsAgain = () => {
    const messages = [];
    for (const load of [() => require("throws"), () => require("throws"), () => require("requires-throws")])
      try { load(); } catch (error) { messages.push(error.name + " " + error.message); }
    return messages;
  };
  export const effects = () => [typeof wasSet, typeof require("requires-sets-global"), wasSet];
  export const environmentIsReadWhenNeeded = () => environment.value();
  export const dataOfJson = () => [json.data, json.data === json.again];
  export const ofTheModule = () => [itself, itself.isLoadedLater(), strict.isStrict];
  export const names = () => [named.names, named.text];
  export const missing = () => optional.code;
  export const pluginOfTheFunction = () => plugins.load("./plugin.js");
  export const pluginThatIsMissing = () => plugins.load("no-such-plugin");
  export const ofNode = () => plugins.load("node:path") ?? "no name";
  export const esModule = async () => [es(), count, increase(), count, more, await later()];
  export const importsOfCommonJs = async () => {
    const namespace = await import("callable");
    return [namespace.default === callable, namespace.part, Object.keys(namespace).sort()];
  };
  export const importsOfEsModules = async () => {
    const { default: whole, ...others } = await import("whole-es");
    return [whole.name, others.more];
  };`;

const used = [...new Set(Object.keys(packages).map((path) => path.replace(/\/.*/, "")))].filter(
  (name) => !["sets-global", "reads-environment"].includes(name),
);

let tiny: TinyLayer;
let expected: unknown;
let layerFiles: string[];
beforeAll(async () => {
  const exercise = `import { increase } from "es"; export const exercise = async () => void increase();`;
  tiny = new TinyLayer(packages, functionText, exercise);
  const options = { optional: { "not-installed": "a test" }, dynamic: { "plugins/index.js": "a test" } };
  const layer = await tiny.build(used, options);
  tiny.write({ "plugin.js": 'exports.name = "in the function";' }, "task");
  tiny.write({ "node_modules/plugins/plugin.js": 'exports.name = "in the function";' });
  layerFiles = Object.keys(layer.files).map((path) => path.replace(/.*\//, ""));
  expected = await tiny.runPublished();
}, 120_000);
afterAll(() => {
  tiny.dispose();
});

test("a function behaves the same with the layer as with the packages", async () => {
  expect(await tiny.run()).toEqual(expected);
});

test("a layer without the code cache has the two scripts and no cache", () => {
  expect(layerFiles).toEqual(expect.arrayContaining(["vendor.js", "vendor.start.js", "vendor.deferred.js"]));
  expect(layerFiles.filter((name) => name.endsWith(".cache"))).toEqual([]);
});
