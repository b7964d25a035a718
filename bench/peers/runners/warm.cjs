require("node:http");
const { writeSync } = require("node:fs");
const { context } = require("./context.cjs");

/** Invokes the handler many times; writes the mean microseconds of an event and the last response to descriptor 3. */
async function main({ file, event, warmUp, times }) {
  const { handler } = require(file);
  let response;
  async function invokeMany(count) {
    for (let done = 0; done < count; done++) response = await handler(event, context, () => undefined);
  }

  await invokeMany(warmUp);
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  await invokeMany(times);
  const wall = performance.now() - before;
  const { user, system } = process.cpuUsage(cpuBefore);
  writeSync(3, JSON.stringify({ cpu: (user + system) / times, wall: (wall * 1000) / times, response }));
  process.exit(0);
}

void main(JSON.parse(process.argv[2]));
