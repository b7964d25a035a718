import { unusableEndpoint } from "../shared/errors";

/** The emulator in whose place AWS would be, as far as stacks have to know of it. */
export interface Emulator {
  /** False over plain http, where a policy that denies requests without TLS would lock everyone out. */
  readonly tls: boolean;
}

/**
 * The one place that knows whether stacks go to AWS or to an emulator: `AWS_ENDPOINT_URL` decides.
 * Terraform and the SDKs read the URL from there themselves, so it never enters a synthesized stack.
 * @returns undefined for AWS itself
 * @throws {ConfigurationError} when the variable is no http(s) URL
 */
export function emulator(environment: NodeJS.ProcessEnv = process.env): Emulator | undefined {
  const value = environment.AWS_ENDPOINT_URL;
  if (value === undefined || value === "") return undefined;
  const protocol = URL.canParse(value) ? new URL(value).protocol : "";
  if (protocol !== "http:" && protocol !== "https:") throw unusableEndpoint(value);
  return { tls: protocol === "https:" };
}
