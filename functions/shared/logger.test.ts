import { createLogger } from "./logger";

const levels = ["DEBUG", "INFO", "WARN", "ERROR"] as const;

/** A logger and the lines that it writes. */
function setUp(LOG_LEVEL: (typeof levels)[number]) {
  const lines: unknown[] = [];
  const noteLine = (...[line]: unknown[]) => void lines.push(JSON.parse(String(line)));
  for (const method of ["debug", "info", "warn", "error"] as const) {
    jest.spyOn(console, method).mockImplementation(noteLine);
  }
  return { log: createLogger({ SERVICE_NAME: "worker", LOG_LEVEL }), lines };
}

beforeEach(() => {
  // Powertools has a console of its own otherwise.
  process.env.POWERTOOLS_DEV = "true";
});
afterEach(() => {
  delete process.env.POWERTOOLS_DEV;
  jest.restoreAllMocks();
});

test.each(levels)("from %s on, lines are written", (level) => {
  const { log, lines } = setUp(level);
  log.debug("d");
  log.info("i");
  log.warn("w");
  log.error("e");
  expect(lines).toMatchObject(levels.slice(levels.indexOf(level)).map((level) => ({ level })));
});

test("a line carries what its log does, and its own values before all others", () => {
  const { log, lines } = setUp("INFO");
  const carrying = log.with({ taskId: "t", attempt: 1 }).with({ attempt: 2, requestId: "r" });
  carrying.info("done", { requestId: "own" });
  expect(lines).toMatchObject([
    { message: "done", service: "worker", taskId: "t", attempt: 2, requestId: "own" },
  ]);
});

test("what a log carries is on its own lines only", () => {
  const { log, lines } = setUp("INFO");
  log.with({ taskId: "t" });
  log.info("alone");
  expect(lines).toEqual([expect.not.objectContaining({ taskId: "t" })]);
});
