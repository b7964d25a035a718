import type { CpuProfile, Frame } from "./cpu-profile";
import { otherGroup } from "./profile-groups";
import { groupNames, groupOf, timesByGroup } from "./group-times";

test("Node's work for a package counts for the package", () => {
  expect(groupOf(["native slice", "node:buffer from", "node_modules/zod/v4/core/core.js parse"])).toBe("zod");
  expect(groupOf(["node:_http_outgoing end", "node_modules/helmet/index.mjs f"])).toBe("Helmet");
});

test("loading Node's modules has its own group, whichever package loads them", () => {
  const group = "loading Node's own modules";
  const caller = "node_modules/@smithy/core/dist-es/index.js load";
  expect(groupOf(["native compileFunction", "node:internal/bootstrap/realm requireBuiltin", caller])).toBe(
    group,
  );
  expect(groupOf(["node:net (module)", caller])).toBe(group);
  expect(groupOf(["node:net connect", caller])).toBe("Node's HTTP client and its sockets");
});

test.each([
  ["node_modules/express/lib/express.js createApplication", "Express and its packages"],
  ["node_modules/path-to-regexp/dist/index.js parse", "Express and its packages"],
  ["entry:express (module)", "Express and its packages"],
  ["node_modules/helmet/index.mjs helmet", "Helmet"],
  ["entry:@aws-sdk/client-dynamodb f", "AWS SDK"],
  ["node_modules/@aws-lambda-powertools/logger/lib/esm/Logger.js info", "Powertools' logger"],
  ["functions/api/app.ts createApp", "the service's own code"],
  ["layer/vendor.js codeCache", "reading the layer, V8 taking its cache"],
  ["node:internal/modules/cjs/loader wrapSafe", "finding and compiling index.js, vendor.js"],
  ["(garbage collector)", "garbage collection"],
  ["(program)", otherGroup],
])("%s belongs to %s", (place, group) => {
  expect(groupOf([place, "(root)"])).toBe(group);
});

const frame = (functionName: string): Frame => ({ functionName, url: "", lineNumber: 1, columnNumber: 1 });

/** zod, called by the service, from 1,000 to 3,000 µs; the service until 4,000; the program until 5,000. */
const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame("(root)"), children: [2, 4] },
    { id: 2, callFrame: frame("functions/api/app.ts createApp"), children: [3] },
    { id: 3, callFrame: frame("node_modules/zod/core.js parse") },
    { id: 4, callFrame: frame("(program)") },
  ],
  startTime: 500,
  endTime: 5000,
  samples: [3, 3, 2, 4],
  timeDeltas: [500, 1000, 1000, 1000],
};

const timesOf = (from: number, to: number) => {
  const times = timesByGroup(profile, { from, to }, ({ functionName }) => functionName);
  return [...times].filter(([, milliseconds]) => milliseconds > 0);
};

test("a sample lasts until the next one, and counts only for its innermost group", () => {
  expect(timesOf(1000, 5000)).toEqual([
    ["zod", 2],
    ["the service's own code", 1],
    [otherGroup, 1],
  ]);
});

test("times are those within the span, and add up to it", () => {
  expect(timesOf(2500, 3250)).toEqual([
    ["zod", 0.5],
    ["the service's own code", 0.25],
  ]);
});

test("the names of groups are unique", () => {
  expect(new Set(groupNames).size).toBe(groupNames.length);
});
