import vm from "node:vm";
import MagicString from "magic-string";
import { defineLazyExport, deferRequires } from "./lazy-requires";
import { parseModule } from "./parsed-module";

const isPure = (specifier: string) => specifier !== "impure";
const options = { isPure, pureCalls: ["debug"] };

function deferred(text: string): string {
  const source = new MagicString(text);
  deferRequires(source, parseModule(text), options);
  return source.toString();
}

interface Run {
  readonly exports: Record<string, unknown>;
  /** The required modules, in order. */
  readonly required: string[];
}

/** Runs a module whose `require("name")` returns an object with a function, a class and its own name. */
function run(text: string): Run {
  const required: string[] = [];
  const loaded = new Map<string, unknown>();
  const require = (name: string) => {
    if (!loaded.has(name)) {
      required.push(name);
      loaded.set(
        name,
        name === "debug" ? (prefix: string) => (line: string) => `${prefix} ${line}` : exportsOf(name),
      );
    }
    return loaded.get(name);
  };
  const module = { exports: {} as Record<string, unknown> };
  const wrapped = `(function (exports, require, module, ${defineLazyExport}) {${text}\n})`;
  (vm.runInThisContext(wrapped) as (...given: unknown[]) => void)(
    module.exports,
    require,
    module,
    defineLazy,
  );
  return { exports: module.exports, required };
}

const exportsOf = (name: string) => ({
  name,
  call: (...given: unknown[]) => [name, ...given],
  Class: class {
    readonly given: unknown[];
    constructor(...given: unknown[]) {
      this.given = given;
    }
  },
});

const defineLazy = (target: object, name: string, read: () => unknown) =>
  Object.defineProperty(target, name, { get: read, enumerable: true, configurable: true });

/** Modules, each with what is still required on load after deferral. */
const cases: [what: string, text: string, before: string[]][] = [
  ["a variable", 'var a = require("a"); exports.use = () => a.name;', []],
  ["a member", 'const name = require("a").name; exports.use = () => name;', []],
  ["a member of a member", 'var a = require("a"); var call = a.call; exports.use = () => call(1);', []],
  ["a pattern", 'const { name, call: other } = require("a"); exports.use = () => [name, other(2)];', []],
  [
    "one of several declarations",
    'var a = require("a"), n = 1, b = require("b"), m = n + 1; exports.use = () => [a.name, n, b.name, m];',
    [],
  ],
  ["a class", 'const a = require("a"); exports.use = () => new a.Class(1, 2).given;', []],
  ["a class by itself", 'const { Class } = require("a"); exports.use = () => new Class(3).given;', []],
  ["a shorthand property", 'const a = require("a"); exports.use = () => ({ a }).a.name;', []],
  ["an argument", 'const a = require("a"); exports.use = () => [a].map((x) => x.name);', []],
  ["a shadowed name", 'const a = require("a"); exports.use = () => [((a) => a)(5), a.name];', []],
  ["a tagged template", 'const { call } = require("a"); exports.use = () => call`x`.length;', []],
  ["a pure call", 'var debug = require("debug")("p"); exports.use = () => debug("x");', []],
  [
    "a pure call of a variable",
    'var d = require("debug"); var log = d("q"); exports.use = () => log("x");',
    [],
  ],
  ["an export", 'exports.lazy = require("a").name; exports.use = () => exports.lazy;', []],
  [
    "an export of module.exports",
    'var a = require("a"); module.exports.use = () => module.exports.b; module.exports.b = a.name;',
    [],
  ],
  [
    "a use while the module is loaded",
    'var a = require("a"); var n = a.call(1); exports.use = () => n;',
    ["a"],
  ],
  ["a module with effects", 'var a = require("impure"); exports.use = () => a.name;', ["impure"]],
  ["a statement", 'require("a"); exports.use = () => 1;', ["a"]],
  [
    "a variable that is assigned",
    'var a = require("a"); a = require("b"); exports.use = () => a.name;',
    ["a", "b"],
  ],
  [
    "an assignment by a pattern",
    'var a = require("a"); [a] = [{ name: 7 }]; exports.use = () => a.name;',
    ["a"],
  ],
  ["a computed member", 'var n = require("a")["name"]; exports.use = () => n;', ["a"]],
  ["a default in a pattern", 'const { x = 4 } = require("a"); exports.use = () => x;', ["a"]],
  ["code that reads names", 'var a = require("a"); exports.use = () => eval("a.name");', ["a"]],
  ["a call that is not pure", 'var c = require("a").call("x"); exports.use = () => c;', ["a"]],
  ["a condition", 'if (true) { var a = require("a"); } exports.use = () => a.name;', ["a"]],
  ["a try", 'var a; try { a = require("a"); } catch {} exports.use = () => a.name;', ["a"]],
];

test.each(cases)("%s", (_what, text, before) => {
  const plain = run(text);
  const lazy = run(deferred(text));
  expect(lazy.required).toEqual(before);
  const use = ({ exports }: Run) => JSON.stringify((exports.use as () => unknown)());
  expect(use(lazy)).toBe(use(plain));
  // A second use requires nothing more.
  const { length } = lazy.required;
  expect(use(lazy)).toBe(use(plain));
  expect(lazy.required).toHaveLength(length);
  expect(Object.keys(lazy.exports)).toEqual(Object.keys(plain.exports));
});

test("all uses of a module get the same value", () => {
  const { exports } = run(deferred('var a = require("a"); exports.x = a; exports.y = () => a;'));
  expect((exports.y as () => unknown)()).toBe(exports.x);
});
