import type { BuildOptions } from "esbuild";

/** esbuild options for Lambda's Node. An ESM bundle would fail on `require` in CommonJS packages. */
export const lambdaBundle = {
  bundle: true,
  platform: "node",
  target: "node22",
  format: "cjs",
  minifyWhitespace: true,
  minifySyntax: true,
  // Keeps names in stack traces: `keepNames` would cost more than minified names save.
  minifyIdentifiers: false,
  // Independent of any tsconfig, so that the bytes depend on these options alone.
  tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
  legalComments: "none",
  logLevel: "silent",
  sourcemap: "external",
  sourcesContent: false,
  write: false,
  metafile: true,
} as const satisfies BuildOptions;
