import { testCounts } from "./test-counts";

test.each<[string, string, number, number]>([
  ["mocha", "\n  1252 passing (5s)\n  2 pending\n  3 failing\n\n  1) one\n", 1252, 3],
  ["mocha, without a failure", "  16 passing (35ms)\n", 16, 0],
  ["node:test, by TAP", "# tests 128\n# pass 120\n# fail 8\n", 120, 8],
  ["node:test, by its spec", "\u2139 tests 3\n\u2139 pass 1\n\u2139 fail 2\n", 1, 2],
  ["tape, twice", "# tests 2\n# pass  2\n\n# ok\n# tests 3\n# pass  1\n# fail  2\n", 3, 2],
  ["jest", "Test Suites: 1 failed, 1 passed, 2 total\nTests:       1 failed, 2 passed, 3 total\n", 2, 1],
  [
    "vitest, in colours",
    "\u001b[2m      Tests \u001b[22m \u001b[31m3 failed\u001b[39m | \u001b[32m474 passed\u001b[39m (477)\n",
    474,
    3,
  ],
  ["vitest, without a failure", " Test Files  3 passed (3)\n      Tests  59 passed (59)\n", 59, 0],
])("%s", (_runner, output, passed, failed) => {
  expect(testCounts(output)).toEqual({ passed, failed });
});

test.each(["", "everything is fine\n", "  0 passing (1ms)\n"])("no report, or no test: %j", (output) => {
  expect(testCounts(output)).toBeUndefined();
});
