import { ConfigurationError } from "../shared/errors";

/** The error that a rejected promise rejects with. @throws {Error} when it is fulfilled, or rejects with another error */
export async function configurationError(rejected: Promise<unknown>): Promise<ConfigurationError> {
  const outcome = await rejected.catch((error: unknown) => error);
  if (outcome instanceof ConfigurationError) return outcome;
  throw new Error("expected a ConfigurationError", { cause: outcome });
}
