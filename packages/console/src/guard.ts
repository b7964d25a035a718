import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { noToken, wrongHost, wrongOrigin } from "./errors";

/** 192 random bits; the link to the console has them in its path. */
export const newToken = (): string => randomBytes(24).toString("base64url");

/**
 * Only the console's own page may call it. A page of another site can send requests to loopback: by the user's browser,
 * or by a name of its own that resolves to 127.0.0.1 (DNS rebinding).
 */
export class Guard {
  constructor(
    private readonly port: () => number,
    private readonly token: string,
  ) {}

  /**
   * @returns the path below the token
   * @throws {ConsoleError}
   */
  admit(method: string, path: string, headers: IncomingHttpHeaders): string {
    const { host = "none", origin, "sec-fetch-site": site = "none" } = headers;
    const hosts = ["127.0.0.1", "localhost"].map((name) => `${name}:${this.port()}`);
    if (!hosts.includes(host)) throw wrongHost(host);
    if (origin !== undefined && origin !== `http://${host}`) throw wrongOrigin(origin);
    // Browsers send an origin with each POST; the link may be opened from anywhere.
    if (method !== "GET" && origin === undefined) throw wrongOrigin("no origin");
    const isNavigation = headers["sec-fetch-mode"] === "navigate";
    if (!["same-origin", "none"].includes(site) && !isNavigation) throw wrongOrigin(site);
    const [, given = "", ...rest] = path.split("/");
    if (!this.isToken(given)) throw noToken();
    return `/${rest.join("/")}`;
  }

  private isToken(given: string): boolean {
    const [one, other] = [Buffer.from(given), Buffer.from(this.token)];
    return one.length === other.length && timingSafeEqual(one, other);
  }
}

/** Headers of every response. Scripts and styles come from files only. */
export const securityHeaders = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  // The token is in the address.
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;
