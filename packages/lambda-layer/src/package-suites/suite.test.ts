import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { devDependencies } from "../../../../package.json";
import { BuildError } from "../errors";
import { replacementsIn } from "./replacements";
import { readSuite } from "./suite";

/** Its node_modules has zod. */
const root = join(__dirname, "..", "..", "..", "..");

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "suite-")));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function repository(manifest: object, ...files: string[]): void {
  mkdirSync(join(folder, "node_modules"));
  for (const file of ["package.json", ...files]) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), file === "package.json" ? JSON.stringify(manifest) : "");
  }
}

const zod = { name: "zod", version: "1.0.0", scripts: { test: "vitest" } };

test("a suite has the versions of its repository and of the installed package", () => {
  repository(zod);
  expect(readSuite("zod", folder, [], root)).toMatchObject({
    folder,
    command: ["npm", "test"],
    manifest: { version: "1.0.0" },
    installed: { version: devDependencies.zod },
  });
  expect(readSuite("zod", folder, ["vitest", "run"], root).command).toEqual(["vitest", "run"]);
});

test("a repository's package.json may have no name", () => {
  repository({ ...zod, name: undefined });
  expect(readSuite("zod", folder, [], root).packageName).toBe("zod");
});

describe("refused", () => {
  test("a folder that does not exist", () => {
    expect(() => readSuite("zod", join(folder, "none"), [], root)).toThrow(BuildError);
  });

  test("the repository of another package", () => {
    repository({ ...zod, name: "joi" });
    expect(() => readSuite("zod", folder, [], root)).toThrow(/its package is joi/);
  });

  test("a package that is not installed here", () => {
    repository({ ...zod, name: "no-such-package" });
    expect(() => readSuite("no-such-package", folder, [], root)).toThrow(BuildError);
  });

  test("a suite whose dependencies are not installed", () => {
    repository(zod);
    rmSync(join(folder, "node_modules"), { recursive: true });
    expect(() => readSuite("zod", folder, [], root)).toThrow(/npm install/);
  });

  test("a package without a test script, unless a command is given", () => {
    repository({ ...zod, scripts: {} });
    expect(() => readSuite("zod", folder, [], root)).toThrow(/no script "test"/);
    expect(readSuite("zod", folder, ["mocha"], root).command).toEqual(["mocha"]);
  });
});

/** Ids by the paths of the files that they replace, in the folder. */
function replaced(packageName: string, ids: readonly string[], installed: object, manifest: object = {}) {
  const versioned = (of: object) => ({ version: "1.0.0", scripts: {}, ...of });
  const suite = {
    packageName,
    folder,
    manifest: versioned(manifest),
    installed: versioned(installed),
    installedIn: root,
    command: ["npm"] as const,
  };
  return Object.fromEntries(
    Object.entries(replacementsIn(suite, ids)).map(([path, id]) => [path.slice(folder.length + 1), id]),
  );
}

describe("files that modules of the layer replace", () => {
  test("files with the same path", () => {
    repository(zod, "index.js", "lib/a.js", "lib/only-here.js");
    expect(replaced("p", ["p/index.js", "p/lib/a.js", "p/lib/b.js", "pq/lib/only-here.js"], {})).toEqual({
      "index.js": "p/index.js",
      "lib/a.js": "p/lib/a.js",
    });
  });

  test("sources and built files", () => {
    repository(zod, "src/index.ts", "src/index.spec.ts", "dist/index.js");
    expect(replaced("@s/p", ["@s/p/dist/index.js"], {})).toEqual({
      "src/index.ts": "@s/p/dist/index.js",
      "dist/index.js": "@s/p/dist/index.js",
    });
  });

  test("entries of ES modules, by the package's exports", () => {
    repository(zod, "index.ts", "src/mini/index.ts", "index.d.ts", "other.js");
    const exports = {
      ".": { types: "./index.d.ts", import: "./index.mjs", require: "./index.cjs" },
      "./mini": { "@p/source": "./src/mini/index.ts", default: "./mini/index.js" },
      "./other": "./other.js",
      "./locales/*": "./locales/*.js",
    };
    expect(replaced("p", ["es/p.js", "es/p/mini.js", "p/other.js"], { exports })).toEqual({
      "index.ts": "es/p.js",
      "src/mini/index.ts": "es/p/mini.js",
    });
  });

  test("an entry of a package with only a main file", () => {
    repository(zod, "lib/main.js");
    expect(replaced("p", ["es/p.js"], { main: "lib/main.js" })).toEqual({ "lib/main.js": "es/p.js" });
  });

  test("an entry whose source only the repository's package.json names", () => {
    repository(zod, "code/start.ts");
    const source = { exports: { source: "./code/start.ts", default: "./built.js" } };
    expect(replaced("p", ["es/p.js"], { exports: "./built.js" }, source)).toEqual({
      "code/start.ts": "es/p.js",
    });
  });
});
