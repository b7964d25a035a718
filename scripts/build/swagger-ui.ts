import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "fflate";
import { root } from "./paths";

/** The package whose files the layer carries, compressed for the way to the browser; functions only read them. */
export const swaggerUiPackage = "swagger-ui-dist";

/** `swagger-ui-dist/<file>.gz`, as functions/api/docs asks for them. */
export const swaggerUiFiles = (specifiers: readonly string[]): [specifier: string, bytes: Uint8Array][] =>
  specifiers.map((specifier) => {
    const file = readFileSync(join(root, "node_modules", specifier.replace(/\.gz$/, "")));
    return [specifier, gzipSync(file, { level: 9, mtime: 0 })];
  });
