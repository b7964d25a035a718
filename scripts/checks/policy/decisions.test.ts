import { decidedChecks } from "./decisions";

test("58 of the 65 core checks must pass, and each check is listed once", () => {
  const core = decidedChecks().filter(({ profile }) => profile === "core");
  expect(new Set(core.map(({ check }) => check)).size).toBe(65);
  expect(core.filter(({ decision }) => decision !== "suppress")).toHaveLength(58);
  expect(core).toHaveLength(65);
});
