require("node:http");
const { writeSync } = require("node:fs");
const { context } = require("./context.cjs");

/** Invokes the handler once with the given time left; writes the milliseconds of CPU and wall time to descriptor 3. */
async function main({ file, event, milliseconds }) {
  const { handler } = require(file);
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  const getRemainingTimeInMillis = () => milliseconds - (performance.now() - before);
  await handler(event, { ...context, getRemainingTimeInMillis });
  const wall = performance.now() - before;
  const { user, system } = process.cpuUsage(cpuBefore);
  writeSync(3, JSON.stringify({ cpu: (user + system) / 1000, wall }));
  process.exit(0);
}

void main(JSON.parse(process.argv[2]));
