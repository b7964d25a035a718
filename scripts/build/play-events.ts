import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { getHeapStatistics } from "node:v8";
import { Worker } from "node:worker_threads";

/** Has a function answer events in a process of its own: `play-events <function's index.js> <events.json>`. */
interface LambdaFunction {
  readonly handler: (event: unknown, context: unknown) => Promise<unknown>;
}

async function main([handlerFile = "", eventsFile = ""]: readonly string[]): Promise<void> {
  const heapLimit = getHeapStatistics().heap_size_limit;
  const { handler } = createRequire(handlerFile)(handlerFile) as LambdaFunction;
  const answers: unknown[] = [];
  for (const event of JSON.parse(readFileSync(eventsFile, "utf8")) as unknown[]) {
    answers.push(await handler(event, { awsRequestId: "1", getRemainingTimeInMillis: () => 10_000 }));
  }
  const heap = {
    sameLimit: getHeapStatistics().heap_size_limit === heapLimit,
    limitOfThread: await heapLimitOfThread(),
    collects: typeof gc,
  };
  process.stdout.write(`\n${JSON.stringify({ answers, heap })}\n`, () => process.exit());
}

/** V8 reads its flags anew for each thread. */
const heapLimitOfThread = () =>
  new Promise((resolve, reject) => {
    const say = "require('v8').getHeapStatistics().heap_size_limit";
    new Worker(`require('worker_threads').parentPort.postMessage(${say})`, { eval: true })
      .once("message", resolve)
      .once("error", reject);
  });

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
