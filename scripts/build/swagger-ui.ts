import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { root } from "./paths";

/** The best: it takes seconds, but only when the layer changes, and saves a tenth. */
const quality = 11;

/**
 * The files of Swagger UI that functions/api/docs asks for, `swagger-ui-dist/<file>.br`: compressed for the way to the
 * browser.
 */
export const swaggerUiFiles = (specifiers: readonly string[]): [specifier: string, bytes: Uint8Array][] =>
  specifiers.map((specifier) => {
    const file = readFileSync(join(root, "node_modules", specifier.replace(/\.br$/, "")));
    return [specifier, brotliCompressSync(file, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })];
  });
