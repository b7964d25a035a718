// The check of types covers all files at once, so a transform that only removes types is enough.
const swc = { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } };

const shared = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["@swc/jest", swc] },
  testMatch: ["**/*.test.ts"],
  modulePathIgnorePatterns: ["cdktf.out", "<rootDir>/.build/", "<rootDir>/.local/"],
};

/**
 * The suites; scripts/checks/suites.ts describes them. `unit` and `commands` need only Node, `scanners` installs tools from
 * PyPI, `browser` is skipped without Chromium, and the suites that deploy start an emulator.
 * @type {import("jest").Config}
 */
module.exports = {
  // Jest's default leaves one core idle.
  maxWorkers: "100%",
  projects: [
    {
      ...shared,
      displayName: "unit",
      setupFiles: ["<rootDir>/deploy/testing/jest-setup.ts"],
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
    {
      ...shared,
      displayName: "e2e",
      testMatch: ["<rootDir>/e2e/suites/smoke/*.test.ts"],
      globalSetup: "<rootDir>/e2e/support/global-setup.ts",
    },
    { ...shared, displayName: "browser", testMatch: ["<rootDir>/e2e/suites/browser/*.test.ts"] },
    { ...shared, displayName: "console", testMatch: ["<rootDir>/e2e/suites/console/*.test.ts"] },
    { ...shared, displayName: "contract", testMatch: ["<rootDir>/e2e/suites/contract/*.test.ts"] },
    { ...shared, displayName: "state", testMatch: ["<rootDir>/e2e/suites/state/*.test.ts"] },
    { ...shared, displayName: "faults", testMatch: ["<rootDir>/e2e/suites/faults/*.test.ts"] },
    { ...shared, displayName: "flows", testMatch: ["<rootDir>/e2e/suites/workflows/*.test.ts"] },
    { ...shared, displayName: "iam", testMatch: ["<rootDir>/e2e/suites/iam/*.test.ts"] },
    { ...shared, displayName: "adoption", testMatch: ["<rootDir>/e2e/suites/adoption/*.test.ts"] },
    { ...shared, displayName: "additions", testMatch: ["<rootDir>/e2e/suites/additions/*.test.ts"] },
    { ...shared, displayName: "operations", testMatch: ["<rootDir>/e2e/suites/operations/*.test.ts"] },
    { ...shared, displayName: "edge", testMatch: ["<rootDir>/e2e/suites/edge/*.test.ts"] },
    { ...shared, displayName: "recovery", testMatch: ["<rootDir>/e2e/suites/recovery/*.test.ts"] },
    { ...shared, displayName: "stores", testMatch: ["<rootDir>/e2e/suites/stores/*.test.ts"] },
    { ...shared, displayName: "environments", testMatch: ["<rootDir>/e2e/suites/environments/*.test.ts"] },
  ],
};
