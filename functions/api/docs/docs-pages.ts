import type { RequestHandler, Router } from "express";
import helmet from "helmet";
import { exactRouter } from "../http/exact-router";
import { sendJson } from "../http/send-json";
import { isProblemCode, problemTypes, problemTypeUri } from "../http/problem-types";
import { methodNotAllowed, Problem } from "../http/problems";
import type { Authorization } from "../env";
import { servedDocument } from "./served-document";
import { docsPage, startSwaggerUi } from "./swagger-ui-page";

/** Swagger UI's files, compressed with Brotli, by name; the shared layer carries them. */
export type DocsAssets = (name: "swagger-ui.css" | "swagger-ui-bundle.js") => Buffer;

/** The file names do not change with a deployment, so browsers may cache them for an hour only. */
const cacheControl = "public, max-age=3600";

/** Clients see the document of a new deployment within minutes. */
const documentCacheControl = "public, max-age=300";

/** The page's own files, its styles (Swagger UI sets some inline), and calls of this API; nothing from elsewhere. */
const ownFilesOnly = () =>
  helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", "data:"],
      connectSrc: ["'self'"],
      frameAncestors: ["'none'"],
    },
  });

/** `GET /openapi.json`, `GET /docs` (Swagger UI) and `GET /problems/{code}`. */
export function docsPages(assets: DocsAssets, authorization: Authorization, publicUrl?: string): Router {
  const router = exactRouter();
  const contentPolicy = ownFilesOnly();
  const get = (path: string, ...handlers: RequestHandler[]) => {
    router.get(path, ...handlers);
    router.all(path, () => {
      throw methodNotAllowed("GET, HEAD");
    });
  };
  const serve = (path: string, type: string, handler: RequestHandler) => {
    get(path, contentPolicy, (request, response, next) => {
      response.type(type);
      return handler(request, response, next);
    });
  };
  get("/problems/:code", problemType);
  serve(
    "/openapi.json",
    "application/json",
    (_request, response) =>
      void response.set("Cache-Control", documentCacheControl).json(servedDocument(authorization, publicUrl)),
  );
  serve("/docs", "text/html", (_request, response) => void response.send(docsPage));
  serve("/docs/start.js", "text/javascript", (_request, response) => void response.send(startSwaggerUi));
  serve(
    "/docs/swagger-ui.css",
    "text/css",
    compressed(() => assets("swagger-ui.css")),
  );
  serve(
    "/docs/swagger-ui-bundle.js",
    "text/javascript",
    compressed(() => assets("swagger-ui-bundle.js")),
  );
  return router;
}

const problemType: RequestHandler = ({ params: { code = "" } }, response) => {
  if (typeof code !== "string" || !isProblemCode(code)) throw new Problem("resource-not-found");
  const body = { type: problemTypeUri(code), ...problemTypes[code] };
  sendJson(response, { status: 200, headers: { "Cache-Control": cacheControl }, body });
};

/** Sends a compressed file unchanged to clients that accept Brotli, which every browser does over HTTPS. */
const compressed =
  (file: () => Buffer): RequestHandler =>
  (request, response) => {
    response.set({ "Cache-Control": cacheControl, Vary: "Accept-Encoding" });
    if (request.acceptsEncodings("br")) response.set("Content-Encoding", "br").send(file());
    // Loaded for the first client that does not accept Brotli, which is rare.
    else response.send(process.getBuiltinModule("node:zlib").brotliDecompressSync(file()));
  };
