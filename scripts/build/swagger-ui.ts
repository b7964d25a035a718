import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "fflate";
import { root } from "./paths";

/** The package whose files the layer carries as they are; no function imports it. */
export const swaggerUiPackage = "swagger-ui-dist";

/** Swagger UI, compressed for the way to the browser: functions/api/docs sends these bytes. */
export const swaggerUiFiles = (): Record<string, Uint8Array> =>
  Object.fromEntries(
    ["swagger-ui.css", "swagger-ui-bundle.js"].map((name) => {
      const file = readFileSync(join(root, "node_modules", swaggerUiPackage, name));
      return [`swagger-ui/${name}.gz`, gzipSync(file, { level: 9, mtime: 0 })];
    }),
  );
