import { wholeFileError } from "../shared/errors";

/** An AWS emulator that Terraform and the SDKs call instead of AWS. */
export interface Emulator {
  /** False over plain http, where a statement that denies requests without TLS would deny every request. */
  readonly tls: boolean;
}

/**
 * The emulator at an endpoint. Terraform and the SDKs read the URL from AWS_ENDPOINT_URL themselves, so it is not in a
 * synthesized stack.
 * @throws {ConfigurationError} when it is not an http or https URL
 */
export function emulator(endpoint: string): Emulator {
  const protocol = URL.canParse(endpoint) ? new URL(endpoint).protocol : "";
  if (protocol === "http:" || protocol === "https:") return { tls: protocol === "https:" };
  throw wholeFileError("invalid-endpoint", `AWS_ENDPOINT_URL=${endpoint}`, {
    expected: "the http or https URL of an emulator, or no such variable for AWS",
    found: endpoint,
  });
}
