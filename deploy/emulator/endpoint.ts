import { wholeFileError } from "../shared/errors";

/** An AWS emulator that Terraform and the SDKs call instead of AWS. */
export interface Emulator {
  /** False over plain http, where a statement that denies requests without TLS would deny every request. */
  readonly tls: boolean;
  readonly port: number;
}

/**
 * The emulator at an endpoint. Terraform and the SDKs read the URL from AWS_ENDPOINT_URL themselves, so it is not in a
 * synthesized stack.
 * @throws {ConfigurationError} when it is not an http or https URL
 */
export function emulator(endpoint: string): Emulator {
  const { protocol, port } = URL.canParse(endpoint) ? new URL(endpoint) : { protocol: "", port: "" };
  const tls = protocol === "https:";
  if (tls || protocol === "http:") return { tls, port: port === "" ? (tls ? 443 : 80) : Number(port) };
  throw wholeFileError("invalid-endpoint", `AWS_ENDPOINT_URL=${endpoint}`, {
    expected: "the http or https URL of an emulator, or no such variable for AWS",
    found: endpoint,
  });
}
