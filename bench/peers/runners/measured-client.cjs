const { writeSync } = require("node:fs");
const client = require("../../../packages/lambda-runtime/src/rapid-client.cjs");

/**
 * Lambda's runtime client requires this directly before the function, and calls the Runtime API by it. Writes the moments
 * of a cold start to the log when the first event is answered, and ends the process when that was posted.
 */
const moments = { ready: now() };

/** Microseconds of the clock that V8's profiles have, and of CPU. */
function now() {
  const { user, system } = process.cpuUsage();
  return { at: Number(process.hrtime.bigint()) / 1000, cpu: user + system };
}

exports.next = async () => {
  if (moments.answered !== undefined) process.exit(0);
  moments.loaded = now();
  const invocation = await client.next();
  moments.received = now();
  // The AWS that a POST calls is HTTP. In production the SDK would load this for its first call.
  if (process.env.BENCH_CALLS_AWS !== undefined) require("node:https");
  return invocation;
};

exports.done = (requestId, body) => {
  moments.answered = now();
  writeSync(1, `${JSON.stringify({ moments, memoryBytes: process.memoryUsage.rss() })}\n`);
  client.done(requestId, body);
};

exports.error = client.error;
