import { parseBenchOptions } from "./options";

test("everything but a deployment is measured unless parts are named", () => {
  expect(parseBenchOptions([])).toEqual({ parts: ["cold", "warm", "worker", "synth"], quick: false });
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
    /Expected --only with some of cold, warm, worker, synth, deploy/,
  );
});

test.each([
  ["--fast", "Unknown option '--fast'"],
  ["cold", "Unexpected argument 'cold'"],
])("%p is no option", (argument, problem) => {
  expect(() => parseBenchOptions([argument])).toThrow(problem);
});
