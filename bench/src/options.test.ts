import { chosenParts } from "./options";

test("without options, all parts except deploy are measured", () => {
  expect(chosenParts({ deploy: false })).toEqual([
    "cold",
    "profile",
    "warm",
    "worker",
    "synth",
    "tools",
    "growth",
  ]);
});

test("--only selects parts, which run in a fixed order; --deploy adds the deployment", () => {
  expect(chosenParts({ only: "synth,cold", deploy: false })).toEqual(["cold", "synth"]);
  expect(chosenParts({ only: "warm", deploy: true })).toEqual(["warm", "deploy"]);
});

test.each(["unknown", "cold,", ""])("--only %p is an error that lists the parts", (only) => {
  expect(() => chosenParts({ only, deploy: false })).toThrow(
    /Expected --only with some of cold, profile, warm, worker, synth, tools, growth, load, deploy/,
  );
});
