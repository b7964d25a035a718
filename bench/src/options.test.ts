import { chosenParts } from "./options";

test("everything but a deployment is measured unless parts are named", () => {
  expect(chosenParts({ deploy: false })).toEqual(["cold", "profile", "warm", "worker", "synth", "tools"]);
});

test("--only names parts, in any order; --deploy adds the deployment", () => {
  expect(chosenParts({ only: "synth,cold", deploy: false })).toEqual(["cold", "synth"]);
  expect(chosenParts({ only: "warm", deploy: true })).toEqual(["warm", "deploy"]);
});

test.each(["lukewarm", "cold,", ""])("--only %p is refused, and the parts there are named", (only) => {
  expect(() => chosenParts({ only, deploy: false })).toThrow(
    /Expected --only with some of cold, profile, warm, worker, synth, tools, deploy/,
  );
});
