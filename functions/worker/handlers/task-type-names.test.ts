import { checkTaskTypeNames } from "./task-type-names";

test("names that differ are taken", () => {
  expect(() => {
    checkTaskTypeNames(["echo", "report.summary", "a-b_c.1"]);
  }).not.toThrow();
});

test("two task types of one name are named, once", () => {
  expect(() => {
    checkTaskTypeNames(["echo", "report.summary", "echo"]);
  }).toThrow(/two task types are named "echo"/);
});

test.each(["", "Echo", "a,b", "a b", "1", "é", "a".repeat(65)])("%j is no name of a task type", (name) => {
  expect(() => {
    checkTaskTypeNames(["echo", name]);
  }).toThrow(JSON.stringify(name));
});
