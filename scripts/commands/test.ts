import { oneOf, passThrough } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";
import { suiteNames, suites } from "../checks/suites";

const inNpmTest = suiteNames.filter((name) => suites[name].inNpmTest);

export default defineCommand({
  group: "Verify",
  description: "Run everything that CI checks, or only the named suites.",
  details: [
    `Without a name, all checks and the suites ${inNpmTest.join(", ")}. The suites:`,
    ...suiteNames.map((name) => `- ${name}: ${suites[name].what}`),
    "What follows -- goes to jest.",
  ].join("\n"),
  alias: "npm test",
  examples: ["test", "test unit commands", "test unit -- --testNamePattern secret"],
  arguments: { suite: passThrough("Names of suites.") },
  run: async ({ suite: given }) => {
    const end = given.indexOf("--");
    const names = given.slice(0, end === -1 ? undefined : end).map(oneOf("suites", suiteNames));
    const { runSuites } = await import("../checks/verify.js");
    process.exitCode = await runSuites(names, end === -1 ? [] : given.slice(end + 1));
  },
});
