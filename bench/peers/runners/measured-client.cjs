const { writeSync } = require("node:fs");
const client = require("../../../packages/lambda-runtime/src/rapid-client.cjs");

/**
 * Lambda's runtime client loads this module before the function, and calls the Runtime API by it. It logs the times of a
 * cold start at the response to the first event, and ends the process after the response is posted.
 */
const moments = { ready: now() };

/** Microseconds of the monotonic clock, which V8's profiles use, and of CPU. */
function now() {
  const { user, system } = process.cpuUsage();
  return { at: Number(process.hrtime.bigint()) / 1000, cpu: user + system };
}

exports.next = async () => {
  if (moments.responded !== undefined) process.exit(0);
  moments.loaded = now();
  const invocation = await client.next();
  moments.received = now();
  // The stub of AWS is plain HTTP. In production, the SDK loads this module for its first call.
  if (process.env.BENCH_CALLS_AWS !== undefined) require("node:https");
  return invocation;
};

exports.done = (requestId, body) => {
  moments.responded = now();
  writeSync(1, `${JSON.stringify({ moments, memoryBytes: process.memoryUsage.rss() })}\n`);
  client.done(requestId, body);
};

exports.error = client.error;
