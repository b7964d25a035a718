import { createHash, timingSafeEqual } from "node:crypto";
import type { RequestHandler, Response } from "express";
import { asError } from "../../shared/runtime/as-error";
import { originSecretHeader, viewerAddressHeader } from "../env";
import { isDirect, logOf } from "./attach-gateway-request";
import { Problem } from "./problems";

/**
 * Reads the secrets that CloudFront may send: the current one, and the one before it during a rotation.
 * @throws {Error} when they cannot be read and never were
 */
export type ReadOriginSecrets = () => Promise<readonly string[]>;

interface Locals {
  viewerAddress?: string;
}
const localsOf = ({ locals }: Response): Locals => locals;

/**
 * Refuses requests that did not come through CloudFront and its firewall, whose function adds the secret. From then on the
 * address of the client, which CloudFront states, can be trusted. Direct invocations need IAM's permission, and are served.
 */
export const originGuard =
  (read: ReadOriginSecrets): RequestHandler =>
  async (request, response, next) => {
    if (isDirect(response)) {
      next();
      return;
    }
    const accepted = await read().catch((error: unknown) => {
      logOf(response).error("could not read the origin's secret", { error: asError(error) });
      throw new Problem("service-unavailable");
    });
    if (!isOneOf(request.get(originSecretHeader), accepted)) throw new Problem("wrong-origin");
    localsOf(response).viewerAddress = request.get(viewerAddressHeader);
    next();
  };

/** The address of the client; undefined where requests need not come through CloudFront. */
export const viewerAddressOf = (response: Response): string | undefined => localsOf(response).viewerAddress;

/** Compares with each secret, in a time that depends on none of them. */
function isOneOf(found: string | undefined, accepted: readonly string[]): boolean {
  const digest = digestOf(found ?? "");
  const matches = accepted.map((secret) => timingSafeEqual(digest, digestOf(secret)));
  return found !== undefined && found !== "" && matches.includes(true);
}

/** `timingSafeEqual` needs equal lengths. */
const digestOf = (value: string) => createHash("sha256").update(value).digest();
