import { flag, passThrough, word } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Verify",
  alias: "npm run test:packages",
  description: "Run a package's own test suite with the modules of the layer instead of the package's files.",
  details:
    "The folder is the package's in a clone of its repository, at the version that is installed here, with the suite's dependencies installed. The command has to be the test runner alone where npm test does more, such as checking the sources' format.",
  examples: ["test-packages express ../express", 'test-packages qs ../qs tape "test/**/*.js"'],
  arguments: {
    package: word("The package."),
    folder: word("Its folder in a clone of its repository."),
    command: passThrough("The test command (npm test)."),
  },
  options: {
    published: flag("Use the modules of node_modules, to find failures that the layer does not cause."),
  },
  run: async ({ package: name, folder, command, published }) => {
    const { testPackage } = await import("../../e2e/suites/packages/test-packages.js");
    process.exitCode = (await testPackage(name, folder, command, published)) ? 0 : 1;
  },
});
