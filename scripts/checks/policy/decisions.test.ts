import { decidedChecks } from "./decisions";

test("each core check is decided once", () => {
  const core = decidedChecks().filter(({ profile }) => profile === "core");
  const checks = core.map(({ check }) => check);
  expect(checks.length).toBeGreaterThan(0);
  expect([...new Set(checks)]).toEqual(checks);
});
