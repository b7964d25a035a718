import type { RequestHandler } from "express";
import helmet, { type HelmetOptions } from "helmet";

/** Helmet's headers are the same for each response: its handlers run for the first response only. */
export function securityHeaders(options: HelmetOptions): RequestHandler {
  const setByHelmet = helmet(options);
  let headers: [string, string | number | string[]][] | undefined;
  return (request, response, next) => {
    if (headers !== undefined) {
      for (const [name, value] of headers) response.setHeader(name, value);
      next();
      return;
    }
    const before = response.getHeaders();
    setByHelmet(request, response, (error) => {
      headers = Object.entries(response.getHeaders()).flatMap(([name, value]) =>
        value === undefined || before[name] === value ? [] : [[name, value]],
      );
      next(error);
    });
  };
}
