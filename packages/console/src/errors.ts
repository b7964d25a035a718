import type { ConsoleProblem } from "./model";

/** A request that is refused or fails, with a code for the page. */
export class ConsoleError extends Error {
  override readonly name = "ConsoleError";

  constructor(
    readonly status: number,
    readonly problem: ConsoleProblem,
    options?: ErrorOptions,
  ) {
    super(problem.message, options);
  }
}

const refusal = (status: number, code: string, message: string, expected: string, next: string) =>
  new ConsoleError(status, { code, message, expected, next });

export const wrongHost = (found: string) =>
  refusal(
    403,
    "wrong-host",
    `The Host header is ${found}.`,
    "the address that the console has printed",
    "open the printed link",
  );
export const wrongOrigin = (found: string) =>
  refusal(
    403,
    "wrong-origin",
    `The request comes from ${found}.`,
    "a request of the console's own page",
    "open the printed link",
  );
export const noToken = () =>
  refusal(
    401,
    "no-token",
    "The address has no valid token.",
    "the token of the link that the console has printed",
    "open the printed link; after a restart it is another one",
  );
export const notFound = (path: string) =>
  refusal(404, "not-found", `There is nothing at ${path}.`, "a path of the console", "open the printed link");
export const wrongMethod = (method: string, expected: string) =>
  refusal(405, "wrong-method", `The method is ${method}.`, expected, "reload the page");
export const readOnly = () =>
  refusal(
    403,
    "read-only",
    "The console is read-only.",
    "a console that was started with --write",
    "stop it and add --write, or run the command that the page shows",
  );
export const invalidInput = (problems: string) =>
  refusal(422, "invalid-input", problems, "input that matches the endpoint's schema", "correct it");
export const bodyTooLarge = (bytes: number) =>
  refusal(
    413,
    "body-too-large",
    `The body has more than ${bytes} bytes.`,
    `at most ${bytes} bytes`,
    "send less",
  );
export const invalidJson = () =>
  refusal(400, "invalid-json", "The input is not JSON.", "JSON", "reload the page");

/** The parts of an error of the command line, which says what was expected and what to do next. */
const isUserError = (
  error: Error,
): error is Error & { readonly happened: string; readonly expected: string; readonly next: string } =>
  "happened" in error && "expected" in error && "next" in error;

/** The response of an operation that has failed. */
export function problemOf(error: unknown): { readonly status: number; readonly problem: ConsoleProblem } {
  if (error instanceof ConsoleError) return { status: error.status, problem: error.problem };
  const found = error instanceof Error ? error : new Error(String(error));
  if (isUserError(found)) {
    const { happened, expected, next } = found;
    return { status: 502, problem: { code: "operation-failed", message: happened, expected, next } };
  }
  return { status: 502, problem: { code: "operation-failed", message: `${found.name}: ${found.message}` } };
}
