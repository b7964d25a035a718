import { markdownTable, textTable } from "./table";

test("columns of a terminal's table are as wide as their widest cell", () => {
  expect(
    textTable([
      ["a", "b"],
      ["long", ""],
    ]),
  ).toBe("a     b\nlong");
});

test("a Markdown table has a line between head and rows", () => {
  expect(markdownTable(["a", "b"], [["1", "2"]])).toBe("| a | b |\n| --- | --- |\n| 1 | 2 |");
  expect(markdownTable(["a", "b"], [], ["b"])).toBe("| a | b |\n| --- | ---: |");
});
