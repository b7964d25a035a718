import { parseBenchOptions } from "./options";

test("everything but a deployment is measured unless parts are named", () => {
  expect(parseBenchOptions([])).toEqual({
    parts: ["cold", "profile", "warm", "worker", "synth", "tools"],
    quick: false,
  });
});

test("--only names parts, in any order; --deploy adds the deployment", () => {
  expect(parseBenchOptions(["--only", "synth,cold", "--quick"])).toEqual({
    parts: ["cold", "synth"],
    quick: true,
  });
  expect(parseBenchOptions(["--only", "warm", "--deploy"])?.parts).toEqual(["warm", "deploy"]);
});

test.each(["lukewarm", "cold,", ""])("--only %p is refused, and the parts there are named", (only) => {
  expect(() => parseBenchOptions(["--only", only])).toThrow(
    /Expected --only with some of cold, profile, warm, worker, synth, tools, deploy/,
  );
});

test("--runs says how many samples are taken", () => {
  expect(parseBenchOptions(["--runs", "4"])?.runs).toBe(4);
  expect(parseBenchOptions([])?.runs).toBeUndefined();
});

test.each(["0", "-1", "2.5", "many", ""])("--runs=%p is refused", (runs) => {
  expect(() => parseBenchOptions([`--runs=${runs}`])).toThrow("a whole number from 1 on");
});

test.each([
  ["--fast", "Unknown option '--fast'"],
  ["cold", "Unexpected argument 'cold'"],
])("%p is no option", (argument, problem) => {
  expect(() => parseBenchOptions([argument])).toThrow(problem);
});
