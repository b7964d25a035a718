import type { EndpointName, GivenInput, Output } from "../src/endpoints";
import type { ConsoleProblem } from "../src/model";

/** A response with an error. */
export class ApiError extends Error {
  constructor(readonly problem: ConsoleProblem) {
    super(problem.message);
  }
}

async function outputOf<Name extends EndpointName>(response: Response): Promise<Output<Name>> {
  const body: unknown = await response.json();
  if (response.ok) return body as Output<Name>;
  throw new ApiError(body as ConsoleProblem);
}

const unreachable = (): ApiError =>
  new ApiError({
    code: "unreachable",
    message: "The console does not respond.",
    expected: "the process that has printed this link",
    next: "start it again, and open the new link",
  });

/** Requests go to the folder of the page, whose path has the token. */
export async function get<Name extends EndpointName>(
  name: Name,
  input: GivenInput<Name>,
  signal?: AbortSignal,
): Promise<Output<Name>> {
  const query = new URLSearchParams({ input: JSON.stringify(input) });
  const response = await fetch(`api/${name}?${query.toString()}`, { ...(signal && { signal }) }).catch(
    (error: unknown) => {
      if (signal?.aborted === true) throw error;
      throw unreachable();
    },
  );
  return outputOf<Name>(response);
}

export async function post<Name extends EndpointName>(
  name: Name,
  input: GivenInput<Name>,
): Promise<Output<Name>> {
  const response = await fetch(`api/${name}`, { method: "POST", body: JSON.stringify(input) }).catch(() => {
    throw unreachable();
  });
  return outputOf<Name>(response);
}

export const problemOf = (error: unknown): ConsoleProblem =>
  error instanceof ApiError ? error.problem : { code: "page", message: String(error) };
