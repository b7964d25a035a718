import { readFileSync } from "node:fs";
import type { DocsAssets } from "./docs-pages";

/** Swagger UI's files in the Lambda layer; scripts/build/swagger-ui.ts writes them. */
const paths: Readonly<Record<Parameters<DocsAssets>[0], () => string>> = {
  "swagger-ui.css": () => require.resolve("swagger-ui-dist/swagger-ui.css.br"),
  "swagger-ui-bundle.js": () => require.resolve("swagger-ui-dist/swagger-ui-bundle.js.br"),
};

export const layerAssets: DocsAssets = (name) => readFileSync(paths[name]());
