import { TypeErrors } from "./type-check";

const check = (...lines: string[]) => {
  const errors = new TypeErrors();
  return lines.flatMap((line) => errors.read(line) ?? []);
};
const end = (count: number) =>
  `3:04:05 PM - Found ${count} error${count === 1 ? "" : "s"}. Watching for file changes.`;

test("the errors of each check are returned at its end, with file, line and column", () => {
  expect(
    check(
      "3:04:05 PM - Starting compilation in watch mode...",
      "functions/worker/handlers/echo.ts(3,14): error TS2322: Type 'string' is not assignable to type 'number'.",
      "  The types of 'run' are incompatible.",
      "functions/api/app.ts(1,1): error TS6133: 'x' is declared but its value is never read.",
      end(2),
      "3:04:09 PM - File change detected. Starting incremental compilation...",
      end(0),
    ),
  ).toEqual([
    [
      "Type errors: 2",
      "  functions/worker/handlers/echo.ts:3:14  Type 'string' is not assignable to type 'number'.",
      "    The types of 'run' are incompatible.",
      "  functions/api/app.ts:1:1  'x' is declared but its value is never read.",
    ].join("\n"),
    "",
  ]);
});

test("a check without errors returns an empty string, and other output nothing", () => {
  expect(check("", "something else", end(0))).toEqual([""]);
});
