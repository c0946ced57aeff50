// Plain JavaScript, so that jest starts without compiling its own configuration first.
/** @type {import("jest").Config} */
const shared = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  moduleNameMapper: {
    "^(\\./|\\./private/|\\.\\./tokens/private/|\\./tokens/private/)stack-trace$":
      "<rootDir>/__tests__/support/no-stack-trace.js",
  },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.groundplan", "<rootDir>/.cache"],
};

module.exports = {
  testTimeout: 30_000, // several times what the slowest test without a limit of its own takes on two busy cores
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/__tests__/(terraform|e2e|page)/"],
    },
    { ...shared, displayName: "page", testMatch: ["<rootDir>/__tests__/page/**/*.test.ts"] },
    { ...shared, displayName: "terraform", testMatch: ["<rootDir>/__tests__/terraform/**/*.test.ts"] },
    { ...shared, displayName: "e2e", testMatch: ["<rootDir>/__tests__/e2e/*.test.ts"] },
    { ...shared, displayName: "systems", testMatch: ["<rootDir>/__tests__/e2e/systems/*.test.ts"] },
  ],
};
