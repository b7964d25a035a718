import { sweepLoad } from "./sweep-load";

const invocationMilliseconds = 60_000;
/** The share of a vCPU of a 256 MB function: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const vcpusOf256Mb = 256 / 1_769;

/** Measures the duration of sweeps that publish a number of tasks, with a stub that responds in 5 ms. */
export async function reportSweepLoad(tasks: number): Promise<void> {
  const load = await sweepLoad({
    tasks,
    milliseconds: 5,
    isSequential: false,
    maxSweeps: 20,
    invocationMilliseconds,
  });
  const cpu = load.sweeps.reduce((sum, sweep) => sum + sweep.cpu, 0);
  const wall = load.sweeps.reduce((sum, sweep) => sum + sweep.wall, 0);
  const sent = load.sentOnce + load.sentAgain;
  console.log(`${sent} of ${tasks} tasks sent, ${load.sentAgain} more than once, ${load.left} left`);
  console.log(`${load.sweeps.length} sweeps, ${(wall / 1000).toFixed(1)} s in total`);
  console.log(`${((cpu * 1000) / sent).toFixed(0)} µs of CPU per task`);
  console.log(`at least ${(cpu / 1000 / vcpusOf256Mb).toFixed(0)} s of a 256 MB function for all tasks`);
}
