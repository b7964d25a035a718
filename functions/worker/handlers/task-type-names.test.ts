import { checkTaskTypeNames } from "./task-type-names";

test("different names are accepted", () => {
  expect(() => {
    checkTaskTypeNames(["echo", "report.summary", "a-b_c.1"]);
  }).not.toThrow();
});

test("a duplicate name is reported once", () => {
  expect(() => {
    checkTaskTypeNames(["echo", "report.summary", "echo"]);
  }).toThrow(/two task types are named "echo"/);
});

test.each(["", "Echo", "a,b", "a b", "1", "é", "a".repeat(65)])(
  "%j is not a valid name of a task type",
  (name) => {
    expect(() => {
      checkTaskTypeNames(["echo", name]);
    }).toThrow(JSON.stringify(name));
  },
);
