import { join } from "node:path";
import { run } from "../../packages/local-cloud/src/command";

jest.setTimeout(120_000);

const mostMilliseconds = 300;
/** The fastest one counts: others may share the machine. */
const starts = 3;

test("the console adds at most 0.3 s to npm start", async () => {
  const times: number[] = [];
  for (let start = 0; start < starts; start++) {
    const program = ["--import", "tsx", join(__dirname, "testing", "start-cost.ts")];
    const { stdout } = await run(process.execPath, program, process.env);
    times.push(Number(stdout));
  }
  console.log(`the console adds ${Math.min(...times).toFixed(0)} ms to a start`);
  expect(times.every((time) => time > 0)).toBe(true);
  expect(Math.min(...times)).toBeLessThanOrEqual(mostMilliseconds);
});
