import type { CpuProfile, Frame } from "./cpu-profile";
import { otherGroup } from "./profile-groups";
import { groupNames, groupOf, timesByGroup } from "./group-times";

test("what Node does for a package is the package's", () => {
  expect(groupOf(["native slice", "node:buffer from", "node_modules/zod/v4/core/core.js parse"])).toBe("zod");
  expect(groupOf(["node:_http_outgoing end", "node_modules/helmet/index.mjs f"])).toBe("Helmet");
});

test("it is the loading of Node's modules whoever asks for them", () => {
  const group = "loading Node's own modules";
  const asking = "node_modules/@smithy/core/dist-es/index.js load";
  expect(groupOf(["native compileFunction", "node:internal/bootstrap/realm requireBuiltin", asking])).toBe(
    group,
  );
  expect(groupOf(["node:net (module)", asking])).toBe(group);
  expect(groupOf(["node:net connect", asking])).toBe("Node's HTTP client and its sockets");
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

/** zod, called by the service, from 1,000 to 3,000 µs; the service itself to 4,000; nothing known to 5,000. */
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

test("a sample lasts until the next one, and belongs to its innermost group alone", () => {
  expect(timesOf(1000, 5000)).toEqual([
    ["zod", 2],
    ["the service's own code", 1],
    [otherGroup, 1],
  ]);
});

test("only what lies within the span counts, and adds up to it", () => {
  expect(timesOf(2500, 3250)).toEqual([
    ["zod", 0.5],
    ["the service's own code", 0.25],
  ]);
});

test("no name of a group is used twice", () => {
  expect(new Set(groupNames).size).toBe(groupNames.length);
});
