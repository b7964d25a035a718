import { readFileSync } from "node:fs";
import type { DocsAssets } from "./docs-pages";

/** Swagger UI as the shared layer carries it, beside its packages; scripts/build/swagger-ui.ts puts it there. */
const paths: Readonly<Record<Parameters<DocsAssets>[0], () => string>> = {
  "swagger-ui.css": () => require.resolve("swagger-ui-dist/swagger-ui.css.br"),
  "swagger-ui-bundle.js": () => require.resolve("swagger-ui-dist/swagger-ui-bundle.js.br"),
};

export const layerAssets: DocsAssets = (name) => readFileSync(paths[name]());
