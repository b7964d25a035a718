import { sweepLoad } from "./sweep-load";

const invocationMilliseconds = 60_000;
/** What a function of 256 MB has of a processor: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const processorOf256Mb = 256 / 1_769;

/** Measures how long sweeps take for stranded tasks, against a stub that answers in 5 ms. */
export async function printSweep(tasks: number): Promise<void> {
  const load = await sweepLoad({
    tasks,
    milliseconds: 5,
    oneAtATime: false,
    mostSweeps: 20,
    invocationMilliseconds,
  });
  const cpu = load.sweeps.reduce((sum, sweep) => sum + sweep.cpu, 0);
  const wall = load.sweeps.reduce((sum, sweep) => sum + sweep.wall, 0);
  const sent = load.sentOnce + load.sentAgain;
  console.log(`${sent} of ${tasks} tasks sent, ${load.sentAgain} more than once, ${load.left} left`);
  console.log(`${load.sweeps.length} sweeps, ${(wall / 1000).toFixed(1)} s in all`);
  console.log(`${((cpu * 1000) / sent).toFixed(0)} µs of CPU for a task`);
  console.log(
    `with the processor of 256 MB: at least ${(cpu / 1000 / processorOf256Mb).toFixed(0)} s for all of them`,
  );
}
