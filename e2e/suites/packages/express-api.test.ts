import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../../scripts/build/paths";
import { comparedOutcomes, type ComparedOutcomes } from "./compared-outcomes";
import { expressPrograms } from "./express/programs";

/** The layer's Express behaves as the published one, for every API of its reference. */
jest.setTimeout(120_000);

let folder: string;
let compared: ComparedOutcomes;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "express-api-"));
  compared = await comparedOutcomes(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Documented APIs that the inspection of Express does not find: they have no default value, or are Node's. */
const documentedOnly = [
  ...["app.on", "app.parent", "req.app", "req.body", "req.cookies", "req.method", "req.signedCookies"],
  ...["res.app", "res.end", "res.headersSent", "res.req"],
  ...[
    "setting case sensitive routing",
    "setting json escape",
    "setting json replacer",
    "setting json spaces",
  ],
  ...["setting strict routing", "setting view cache", "setting view engine"],
];

test("every API that Express has or documents has a program, and every program has such an API", () => {
  const { apis } = compared.published;
  expect(apis).toEqual(
    expect.arrayContaining(["app.use", "express.json", "req.ips", "res.sendFile", "setting etag"]),
  );
  const names = new Set(Object.keys(expressPrograms).map((name) => name.replace(/:.*/, "")));
  expect([...apis, ...documentedOnly].filter((name) => !names.has(name))).toEqual([]);
  expect([...names].filter((name) => !apis.includes(name) && !documentedOnly.includes(name))).toEqual([]);
});

test("the layer's Express has the same APIs", () => {
  expect(compared.layer.apis).toEqual(compared.published.apis);
});

test("the process with the layer has loaded no published package", () => {
  const { published, layer } = compared;
  expect(published.loaded).toContain(join(root, "node_modules", "express", "index.js"));
  expect(layer.loaded.filter((path) => path.startsWith(root))).toEqual([]);
});

/** The matcher of an expected part of an outcome. For a response, a number is its status and a string is its body. */
function expectedOf(shows: unknown, outcome: unknown): unknown {
  if (isResponse(outcome) && typeof shows === "number") return expect.objectContaining({ status: shows });
  if (isResponse(outcome) && typeof shows === "string") return expect.objectContaining({ body: shows });
  if (Array.isArray(shows) && Array.isArray(outcome))
    return shows.map((part, at) => expectedOf(part, outcome[at]));
  return shows;
}

const isResponse = (outcome: unknown) =>
  typeof outcome === "object" && outcome !== null && "status" in outcome && "body" in outcome;

test.each(Object.entries(expressPrograms))("%s", (name, { shows }) => {
  const published = compared.published.outcomes[name];
  expect({ outcome: published }).toMatchObject({ outcome: expectedOf(shows, published) });
  expect(compared.layer.outcomes[name]).toEqual(published);
});
