import * as fc from "fast-check";
import { scheduleConfig, scheduleName } from "./schedule";
import { schedules } from "../../20_infra/schedules";

const echo = (payload: unknown) => ({ expression: "rate(1 hour)", type: "echo", payload });
const issuesOf = (payload: unknown) =>
  (scheduleConfig.safeParse(echo(payload)).error?.issues ?? []).map(({ path, message }) => ({
    path: path.join("."),
    message,
  }));

test("the error of a schedule expression has the position of the mistake", () => {
  const { error } = scheduleConfig.safeParse({ ...echo({ message: "" }), expression: "cron(99 6 * * ? *)" });
  expect(error?.issues).toMatchObject([
    { path: ["expression"], message: expect.stringMatching(/at character 6$/) },
  ]);
});

test("strings that EventBridge input templates cannot escape are rejected with their path", () => {
  const message = "no < and no >, which EventBridge's input templates cannot escape";
  expect(issuesOf({ message: "hello <time>" })).toContainEqual({ path: "payload.message", message });
  expect(issuesOf({ message: "1 > 0" })).toContainEqual({ path: "payload.message", message });
  expect(issuesOf({ list: [{ "<key>": "x" }] })).toContainEqual({ path: "payload.list.0.<key>", message });
});

test.each([
  ["a number beyond 2^53", { a: 2 ** 53 }, "payload.a"],
  ["a number too small", { a: { b: [1e-131] } }, "payload.a.b.0"],
  ["an empty name", { "": 1 }, "payload."],
  ["a lone surrogate", { a: "\ud800" }, "payload.a"],
  [
    "31 levels",
    Array.from({ length: 30 }).reduce((inner) => ({ a: inner }), { a: 1 }),
    `payload${".a".repeat(30)}`,
  ],
])("a payload that the service cannot store is rejected: %s", (_what, payload, path) => {
  expect(
    issuesOf(payload).find(({ message }) => message.startsWith("a payload that can be stored"))?.path,
  ).toBe(path);
});

test("a payload that makes the input template too long is rejected", () => {
  expect(issuesOf({ message: "x".repeat(9_000) }).map(({ path }) => path)).toContain("payload");
});

test("the input template of an accepted schedule has one placeholder and fits", () => {
  const name = fc
    .stringMatching(/^[a-z][a-z0-9-]{0,29}$/)
    .filter((candidate) => candidate !== "outbox-sweep");
  const message = fc.oneof(
    fc.string({ unit: fc.constantFrom("<", ">", "time", "a", "\\", '"', "é") }),
    fc.string({ minLength: 7_900, maxLength: 8_400 }),
  );
  let accepted = 0;
  fc.assert(
    fc.property(name, message, (key, content) => {
      const parsed = scheduleConfig.safeParse(echo({ message: content }));
      if (!parsed.success || !scheduleName.safeParse(key).success) return;
      accepted += 1;
      const [schedule] = schedules({
        schedules: { [key]: parsed.data },
        table: { enabled: false, point_in_time_recovery: false, deletion_protection: false },
        outbox: { sweep_interval_minutes: 1 },
      });
      const template = JSON.stringify(schedule?.event);
      expect(template.match(/<[^>]*>?/g)).toEqual(["<time>"]);
      expect(template.length).toBeLessThanOrEqual(8_192);
    }),
  );
  expect(accepted).toBeGreaterThan(10);
});
