const shared = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["ts-jest", {}] },
  testMatch: ["**/*.test.ts"],
  modulePathIgnorePatterns: ["cdktf.out", "<rootDir>/.build/", "<rootDir>/.local/"],
};

/**
 * `unit` needs nothing but Node; `e2e` runs the real stacks on an emulator of its own.
 * @type {import("jest").Config}
 */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: "unit",
      roots: ["<rootDir>/deploy", "<rootDir>/functions", "<rootDir>/scripts"],
    },
    { ...shared, displayName: "e2e", roots: ["<rootDir>/e2e"] },
  ],
};
