import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DocsAssets } from "./docs-pages";

/** Where Lambda puts what a layer holds: https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html */
const layerFolder = "/opt";

/** Swagger UI as the shared layer carries it; scripts/build/swagger-ui.ts puts it there. */
export const layerAssets: DocsAssets = (name) =>
  readFileSync(join(process.env.LAYER_FOLDER ?? layerFolder, "swagger-ui", `${name}.gz`));
