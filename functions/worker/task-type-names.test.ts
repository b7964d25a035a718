import { checkNames } from "./task-type-names";

test("names that differ are taken", () => {
  expect(() => {
    checkNames(["echo", "report.summary", "a-b_c.1"]);
  }).not.toThrow();
});

test("two task types of one name are named, once", () => {
  expect(() => {
    checkNames(["echo", "report.summary", "echo"]);
  }).toThrow(/two task types are named "echo"/);
});

test.each(["", "Echo", "a,b", "a b", "1", "é", "a".repeat(65)])("%j is no name of a task type", (name) => {
  expect(() => {
    checkNames(["echo", name]);
  }).toThrow(JSON.stringify(name));
});
