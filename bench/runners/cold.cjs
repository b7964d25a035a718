// Lambda's runtime has it loaded before it comes to the function, and requires it as well: for an import, Node asks for
// everything that `http` exports, among it WebSocket, and loads the whole of fetch for it.
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/client/rapid-client.ts
require("node:http");
const { writeSync } = require("node:fs");
const { context } = require("./context.cjs");

/** One cold start: loads a function and has it answer one event. Writes milliseconds and the answer to descriptor 3. */
async function main({ file, event }) {
  const ready = performance.now();
  const { handler } = require(file);
  const loaded = performance.now();
  const answer = await handler(event, context, () => undefined);
  const answered = performance.now();

  const memoryBytes = process.memoryUsage.rss();
  // For V8's profiles, which count microseconds of the clock that hrtime reads.
  const readyAt = Number(process.hrtime.bigint()) / 1000 - (performance.now() - ready) * 1000;
  writeSync(
    3,
    JSON.stringify({
      load: loaded - ready,
      firstEvent: answered - loaded,
      over: answered - ready,
      memoryBytes,
      readyAt,
      answer,
    }),
  );
  process.exit(0);
}

void main(JSON.parse(process.argv[2]));
