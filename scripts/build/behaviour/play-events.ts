import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * Has a function answer events in a process of its own: `play-events <function's index.js> <events.json`. Prints what
 * it answered and wrote, as one line of JSON.
 */
interface LambdaFunction {
  readonly handler: (event: unknown, context: unknown) => Promise<unknown>;
}

/** What is asked of a function, and by which trace id its calls of AWS are known. */
export interface TracedEvent {
  readonly traceId: string;
  readonly event: unknown;
}

async function main([handlerFile = ""]: readonly string[]): Promise<void> {
  const say = process.stdout.write.bind(process.stdout);
  let written: string[] = [];
  for (const name of ["stdout", "stderr"] as const) {
    process[name].write = (text: string | Uint8Array) => written.push(`${name}: ${String(text)}`) > 0;
  }
  // Retries come at once, and delays are the same in each run.
  Math.random = () => 0;

  const outcomes: unknown[] = [];
  for (const { traceId, event } of JSON.parse(readFileSync(0, "utf8")) as TracedEvent[]) {
    written = [];
    process.env._X_AMZN_TRACE_ID = traceId;
    outcomes.push({ ...(await outcomeOf(handlerFile, event)), written });
  }
  say(`${JSON.stringify({ outcomes })}\n`, () => process.exit());
}

/** What came of an event, as Lambda tells it. The function is loaded with the first, and then waits for it. */
async function outcomeOf(handlerFile: string, event: unknown) {
  try {
    const { handler } = createRequire(handlerFile)(handlerFile) as LambdaFunction;
    await new Promise((resolve) => setImmediate(resolve));
    return { answer: abridged(await handler(event, context)) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { name, message, stack } = error;
    return { thrown: { name, message, stack } };
  }
}

const context = { awsRequestId: "request-1", getRemainingTimeInMillis: () => 10_000 };

const longestBody = 10_000;

/** Swagger UI has more than a megabyte. */
const abridged = (answer: unknown) =>
  typeof answer === "object" &&
  answer !== null &&
  "body" in answer &&
  String(answer.body).length > longestBody
    ? { ...answer, body: `SHA-512 ${createHash("sha512").update(String(answer.body)).digest("hex")}` }
    : answer;

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
