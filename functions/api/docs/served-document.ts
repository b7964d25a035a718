import type { Authorization } from "../env";
import document from "../openapi.json";

/**
 * The OpenAPI document of an environment: of the ways to authorize a request, it has the environment's own. Where the API is
 * open it has none, and Swagger UI shows no locks.
 * @param publicUrl the server's URL; otherwise it is relative to the document
 */
export const servedDocument = (authorization: Authorization, publicUrl?: string): typeof document =>
  JSON.parse(
    JSON.stringify(document, (key, value: unknown) => {
      if (key === "security" && Array.isArray(value))
        return (value as readonly unknown[]).filter((scheme) => names(scheme).includes(authorization));
      if (key === "servers" && publicUrl !== undefined) return [{ url: `${publicUrl}/` }];
      if (key !== "securitySchemes" || !isObject(value)) return value;
      const own = Object.entries(value).filter(([name]) => name === authorization);
      // Swagger UI shows a button to authorize also for no schemes.
      return own.length === 0 ? undefined : Object.fromEntries(own);
    }),
  ) as typeof document;

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const names = (scheme: unknown) => (isObject(scheme) ? Object.keys(scheme) : []);
