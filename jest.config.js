const shared = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["ts-jest", {}] },
  testMatch: ["**/*.test.ts"],
  modulePathIgnorePatterns: ["cdktf.out", "<rootDir>/.build/", "<rootDir>/.local/"],
};

/**
 * `unit` needs nothing but Node, nor do `commands`, which run the repository's own in copies of it; `runtime` runs the built functions under AWS's runtime clients, from npm; `scanners` needs tools from PyPI; `browser` needs Chromium, or is skipped; `e2e` runs
 * the real stacks of dev on an emulator of its own. The others take longer than `npm test` may: `environments` runs every
 * other environment, `contract` throws thousands of requests at dev, `faults` thousands of faults, `state` fights over
 * one Terraform state, `iam` takes permissions away, `flows` runs the steps
 * of GitHub's workflows.
 * @type {import("jest").Config}
 */
module.exports = {
  // Jest's own default leaves one core idle, which is half of a small machine.
  maxWorkers: "100%",
  projects: [
    {
      ...shared,
      displayName: "unit",
      roots: [
        "bench/src",
        "deploy",
        "e2e/suites/faults/mutations",
        "functions",
        "layers",
        "packages",
        "scripts",
      ].map((folder) => `<rootDir>/${folder}`),
      testPathIgnorePatterns: ["/node_modules/", "\\.command\\.test\\.ts$"],
      globalSetup: "<rootDir>/scripts/build/build-before-tests.ts",
    },
    {
      ...shared,
      displayName: "commands",
      testMatch: ["<rootDir>/{bench,packages,scripts}/**/*.command.test.ts"],
      globalSetup: "<rootDir>/scripts/build/build-before-tests.ts",
    },
    {
      ...shared,
      displayName: "runtime",
      testMatch: ["<rootDir>/e2e/suites/runtime/*.test.ts"],
      globalSetup: "<rootDir>/e2e/suites/runtime/global-setup.ts",
    },
    {
      ...shared,
      displayName: "packages",
      testMatch: ["<rootDir>/e2e/suites/packages/*.test.ts"],
      globalSetup: "<rootDir>/scripts/build/build-before-tests.ts",
    },
    {
      ...shared,
      displayName: "scanners",
      testMatch: ["<rootDir>/e2e/suites/scanners/*.test.ts"],
      globalSetup: "<rootDir>/scripts/build/build-before-tests.ts",
    },
    { ...shared, displayName: "e2e", testMatch: ["<rootDir>/e2e/suites/smoke/*.test.ts"] },
    { ...shared, displayName: "browser", testMatch: ["<rootDir>/e2e/suites/browser/*.test.ts"] },
    { ...shared, displayName: "contract", testMatch: ["<rootDir>/e2e/suites/contract/*.test.ts"] },
    { ...shared, displayName: "state", testMatch: ["<rootDir>/e2e/suites/state/*.test.ts"] },
    { ...shared, displayName: "faults", testMatch: ["<rootDir>/e2e/suites/faults/*.test.ts"] },
    { ...shared, displayName: "flows", testMatch: ["<rootDir>/e2e/suites/workflows/*.test.ts"] },
    { ...shared, displayName: "iam", testMatch: ["<rootDir>/e2e/suites/iam/*.test.ts"] },
    { ...shared, displayName: "environments", testMatch: ["<rootDir>/e2e/suites/environments/*.test.ts"] },
  ],
};
