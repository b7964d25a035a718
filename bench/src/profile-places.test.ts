import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placesOf } from "./profile-places";

const folder = mkdtempSync(join(tmpdir(), "places-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A source map with a mapping for the start of line 1 only. */
const writeMap = (zip: string, source: string) => {
  const map = { version: 3, file: "", sources: [source], names: [], mappings: ";AAAA" };
  writeFileSync(join(folder, `${zip}.js.map`), JSON.stringify(map));
};

const place = (url: string, functionName = "", lineNumber = 1, columnNumber = 0) => {
  writeMap("vendor.start", "../../node_modules/zod/v4/core/core.js");
  writeMap("vendor.deferred", "../../node_modules/qs/lib/parse.js");
  writeMap("api", "../functions/api/app.ts");
  return placesOf(folder)({ url, functionName, lineNumber, columnNumber });
};

test("code of the bundles has the place of its source", () => {
  expect(place("file:///opt/nodejs/node_modules/vendor.start.js", "parse")).toBe(
    "node_modules/zod/v4/core/core.js parse",
  );
  expect(place("file:///var/task/index.js", "createApp")).toBe("functions/api/app.ts createApp");
});

test("code that the build adds has the place of the layer or of the function", () => {
  expect(place("file:///opt/nodejs/node_modules/vendor.start.js", "Te", 0)).toBe("layer/vendor.start.js Te");
  expect(place("file:///var/task/index.js", "", 0)).toBe("functions/api (module)");
});

test("Node's modules and V8's own work keep their names", () => {
  expect(place("node:net", "connect")).toBe("node:net connect");
  expect(place("node:tls", "", 0)).toBe("node:tls (module)");
  expect(place("", "(garbage collector)")).toBe("(garbage collector)");
  expect(place("", "compileFunction")).toBe("native compileFunction");
});
