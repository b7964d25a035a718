import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { root } from "./paths";

/** Brotli's maximum. It takes seconds, but only when the layer changes, and saves 10 %. */
const quality = 11;

/**
 * The files of Swagger UI that functions/api/docs reads, `swagger-ui-dist/<file>.br`, compressed with Brotli for the
 * browser.
 */
export const swaggerUiFiles = (specifiers: readonly string[]): [specifier: string, bytes: Uint8Array][] =>
  specifiers.map((specifier) => {
    const file = readFileSync(join(root, "node_modules", specifier.replace(/\.br$/, "")));
    return [specifier, brotliCompressSync(file, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })];
  });
