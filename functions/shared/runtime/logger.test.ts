import { createLogger } from "./logger";
import { forgetSecrets, rememberSecret } from "./mask-secrets";

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
  forgetSecrets();
});

test.each(levels)("from %s on, lines are written", (level) => {
  const { log, lines } = setUp(level);
  log.debug("d");
  log.info("i");
  log.warn("w");
  log.error("e");
  expect(lines).toMatchObject(levels.slice(levels.indexOf(level)).map((level) => ({ level })));
});

test("a line has the values of its log, and its own values first", () => {
  const { log, lines } = setUp("INFO");
  const carrying = log.with({ taskId: "t", attempt: 1 }).with({ attempt: 2, requestId: "r" });
  carrying.info("done", { requestId: "own" });
  expect(lines).toMatchObject([
    { message: "done", service: "worker", taskId: "t", attempt: 2, requestId: "own" },
  ]);
});

const deep = (levels: number) =>
  Array.from({ length: levels }).reduce<Record<string, unknown>>((inner) => ({ inner }), {});
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
test.each<[string, () => Record<string, unknown>]>([
  [
    "a getter that throws",
    () => ({ value: Object.defineProperty({}, "a", { enumerable: true, get: fail }) }),
  ],
  ["one of their own", () => Object.defineProperty({}, "a", { enumerable: true, get: fail })],
  ["toJSON that throws", () => ({ value: { toJSON: fail } })],
  ["a revoked proxy", () => ({ value: revoked() })],
  ["100,000 levels", () => ({ value: deep(100_000) })],
])("values that cannot be written are left out, and the line is written: %s", (_what, values) => {
  const { log, lines } = setUp("INFO");
  log.with({ taskId: "t" }).info("done", values());
  expect(lines).toMatchObject([{ message: "done", taskId: "t", unwritable: { name: expect.any(String) } }]);
});
function fail(): never {
  throw new RangeError("failed");
}

test("the values of a log are on its own lines only", () => {
  const { log, lines } = setUp("INFO");
  log.with({ taskId: "t" });
  log.info("alone");
  expect(lines).toEqual([expect.not.objectContaining({ taskId: "t" })]);
});

test("an error is logged with its causes and the errors in it, bounded", () => {
  const { log, lines } = setUp("INFO");
  const cause = new AggregateError([new Error("one"), new Error("x".repeat(100_000))], "both");
  log.warn("failed", { error: new Error("outer", { cause }) });
  expect(lines).toMatchObject([
    {
      error: {
        message: "outer",
        cause: { message: "both", errors: [{ message: "one" }, { message: expect.stringMatching(/^x+…/) }] },
      },
    },
  ]);
  expect(JSON.stringify(lines).length).toBeLessThan(50_000);
});

test("an error whose properties cannot be read is logged", () => {
  const { log, lines } = setUp("INFO");
  const error = Object.defineProperty(new Error("x"), "cause", {
    get: () => {
      throw new Error("from a getter");
    },
  });
  log.error("failed", { error });
  expect(lines).toMatchObject([{ error: { message: "x" } }]);
});

test("a secret is in no line: not in its message, its values or its errors", () => {
  const { log, lines } = setUp("INFO");
  rememberSecret("signing-key", "correct horse");
  const cause = new Error("Authorization: Basic " + Buffer.from("user:correct horse").toString("base64"));
  log.with({ url: "https://example.com/?key=correct%20horse" }).info("correct horse", {
    deep: [{ json: JSON.stringify({ key: "correct horse" }) }],
    error: new Error("correct horse", { cause }),
  });
  expect(lines).toMatchObject([
    {
      message: "[secret signing-key]",
      url: "https://example.com/?key=[secret signing-key]",
      deep: [{ json: '{"key":"[secret signing-key]"}' }],
      error: { message: "[secret signing-key]", cause: { message: expect.stringContaining("[secret ") } },
    },
  ]);
  expect(JSON.stringify(lines)).not.toContain("horse");
});
