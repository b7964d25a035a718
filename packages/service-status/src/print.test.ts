import { printSources, statusText } from "./print";

let printed: string[];
beforeEach(() => {
  printed = [];
  jest.spyOn(console, "log").mockImplementation((line: string) => printed.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
});

test("versions, depths and paused sources are on one screen, and what does not exist is a dash", () => {
  const status = {
    functions: [{ name: "api", live: { version: "7", deployedAt: "2026-01-01" } }, { name: "worker" }],
    queues: [{ name: "orders", messages: { visible: 3, inFlight: 2, delayed: 1 } }, { name: "dead" }],
    sources: [
      {
        kind: "rule" as const,
        name: "nightly",
        enabled: false,
        paused: { at: "2026-01-02", reason: "no stock" },
      },
      { kind: "rule" as const, name: "hourly", enabled: true },
      { kind: "rule" as const, name: "off", enabled: false },
    ],
    alarms: [
      { name: "dead-not-empty", state: "ALARM", since: "2026-01-03" },
      { name: "errors", state: "OK", since: "2026-01-01" },
      { name: "latency", state: "OK", since: "2026-01-01" },
    ],
    deployments: [{ name: "infra", at: "2026-01-01" }, { name: "app" }],
  };
  expect(statusText(status).split("\n")).toEqual([
    "function  live  deployed",
    "api       7     2026-01-01",
    "worker    -     -",
    "layer  last applied",
    "infra  2026-01-01",
    "app    -",
    "queue   visible  in flight  delayed",
    "orders  3        2          1",
    "dead    -        -          -",
    "rule  nightly  paused since 2026-01-02: no stock",
    "rule  hourly   enabled",
    "rule  off      disabled",
    "alarms: 1 ALARM, 2 OK",
    "ALARM  dead-not-empty  since 2026-01-03",
  ]);
  expect(statusText({ ...status, alarms: [] })).toContain("There are no alarms.");
});

test("no sources", () => {
  printSources([]);
  expect(printed).toEqual(["There are none."]);
});
