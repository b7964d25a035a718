require("node:http");
const { writeSync } = require("node:fs");
const { context } = require("./context.cjs");

/** Many events, one after the other; writes microseconds of each, on average, and an answer to descriptor 3. */
async function main({ file, event, warmUp, times }) {
  const { handler } = require(file);
  let answer;
  async function answerMany(most) {
    for (let done = 0; done < most; done++) answer = await handler(event, context, () => undefined);
  }

  await answerMany(warmUp);
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  await answerMany(times);
  const wall = performance.now() - before;
  const { user, system } = process.cpuUsage(cpuBefore);
  writeSync(3, JSON.stringify({ cpu: (user + system) / times, wall: (wall * 1000) / times, answer }));
  process.exit(0);
}

void main(JSON.parse(process.argv[2]));
