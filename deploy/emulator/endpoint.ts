import { wholeFileError } from "../shared/errors";

/** An AWS emulator that Terraform and the SDKs call instead of AWS. */
export interface Emulator {
  /** False over plain http, where a statement that denies requests without TLS would deny every request. */
  readonly tls: boolean;
}

/**
 * `AWS_ENDPOINT_URL` alone selects the emulator. Terraform and the SDKs read the URL from the variable themselves, so
 * it is not in a synthesized stack.
 * @returns undefined for AWS
 * @throws {ConfigurationError} when the variable is not an http or https URL
 */
export function emulator(environment: NodeJS.ProcessEnv = process.env): Emulator | undefined {
  const value = environment.AWS_ENDPOINT_URL;
  if (value === undefined || value === "") return undefined;
  const protocol = URL.canParse(value) ? new URL(value).protocol : "";
  if (protocol !== "http:" && protocol !== "https:") throw invalidEndpoint(value);
  return { tls: protocol === "https:" };
}

const invalidEndpoint = (value: string) =>
  wholeFileError("invalid-endpoint", `AWS_ENDPOINT_URL=${value}`, {
    expected: "the http or https URL of an emulator, or no such variable for AWS",
    found: value,
  });
