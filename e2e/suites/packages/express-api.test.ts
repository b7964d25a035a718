import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../../scripts/build/paths";
import { comparedOutcomes, type ComparedOutcomes } from "./compared-outcomes";
import { expressPrograms } from "./express/programs";

/** Express on the layer does what the published Express does, for all that its reference documents. */
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

/** What is documented and not found by looking at Express: it has no value, or is Node's, until somebody sets it. */
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

test("there is a program for each name that Express has or documents", () => {
  const { apis } = compared.published;
  expect(apis).toEqual(
    expect.arrayContaining(["app.use", "express.json", "req.ips", "res.sendFile", "setting etag"]),
  );
  const names = new Set(Object.keys(expressPrograms).map((name) => name.replace(/:.*/, "")));
  expect([...apis, ...documentedOnly].filter((name) => !names.has(name))).toEqual([]);
  expect([...names].filter((name) => !apis.includes(name) && !documentedOnly.includes(name))).toEqual([]);
});

test("the layer's Express has the same names", () => {
  expect(compared.layer.apis).toEqual(compared.published.apis);
});

test("one process has loaded the published packages, the other none of them", () => {
  const { published, layer } = compared;
  expect(published.loaded).toContain(join(root, "node_modules", "express", "index.js"));
  expect(layer.loaded.filter((path) => path.startsWith(root))).toEqual([]);
});

/** The shown part of an outcome, as Jest compares it: of a response, a number is its status and a string its body. */
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
