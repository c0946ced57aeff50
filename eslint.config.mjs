import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** A disabled rule says why, after two hyphens: `// eslint-disable-next-line eqeqeq -- null and undefined mean the same here`. */
const disableWithReason = {
  meta: {
    type: "suggestion",
    docs: { description: "require a reason in eslint-disable comments" },
    messages: { missing: "say why the rule is off: `eslint-disable-next-line <rule> -- <reason>`" },
    schema: [],
  },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (/^\s*eslint-disable/.test(comment.value) && !/ -- \S/.test(comment.value)) {
          context.report({ loc: comment.loc, messageId: "missing" });
        }
      }
    },
  }),
};

const PROVIDER_INDEX = {
  regex: "^@cdktf/provider-[^/]+(/lib(/index)?)?/?$",
  message:
    "A provider's index loads half a gigabyte. Import the resource by its path: @cdktf/provider-aws/lib/<resource>.",
};

export default defineConfig(
  globalIgnores([".cache/", ".groundplan/", "cdktf.out/", "coverage/", "__tests__/fixtures/", "__tests__/golden/"]),
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { groundplan: { rules: { "disable-with-reason": disableWithReason } } },
    extends: [js.configs.recommended],
    rules: {
      "groundplan/disable-with-reason": "error",
      eqeqeq: "error",
      "no-self-compare": "error",
      "no-restricted-imports": ["error", { patterns: [PROVIDER_INDEX] }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: "tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/ban-ts-comment": [
        "error",
        { "ts-expect-error": "allow-with-description", "ts-ignore": true },
      ],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/only-throw-error": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
    },
  },
  {
    // Jest types what stands for a part of a value, as `expect.objectContaining`, as any.
    files: ["__tests__/**/*.ts"],
    rules: { "@typescript-eslint/no-unsafe-assignment": "off" },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    languageOptions: {
      globals: {
        console: "readonly",
        process: "readonly",
        require: "readonly",
        module: "writable",
        exports: "writable",
        Buffer: "readonly",
      },
    },
  },
  prettier,
);
