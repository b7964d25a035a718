import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { apiAddress } from "../../packages/local-cloud/src/api-address";
import type { AppOutputs } from "../../scripts/local/applied";
import { localPaths } from "../../packages/local-cloud/src/local-paths";
import { StepReporter } from "../../packages/local-cloud/src/step-reporter";
import { stopOnInterrupt } from "../../packages/local-cloud/src/interrupt";
import type { LocalCloud } from "../../scripts/local/local-cloud";
import { untilEmpty, withStartedCloud } from "./started-cloud";
import { freePort } from "../../packages/aws-stub/src/loopback";
import { loadApi } from "./http-load";
import type { BenchContext, Measured } from "./part";
import type { Figure } from "./results";
import { summarize } from "./statistics";

const environment = "dev";

/** Phases that record their durations. */
class TimedPhases extends StepReporter {
  readonly seconds = new Map<string, number>();

  override async run<T>(name: string, work: (report: (line: string) => void) => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await super.run(name, work);
    this.seconds.set(name, (performance.now() - started) / 1000);
    return result;
  }
}

/** Measures the first deployment onto an empty emulator, an unchanged second start, and load on the deployed service. */
export async function deployPart({ quick, folder, report }: BenchContext): Promise<Measured> {
  const LOCAL_CLOUD_HOME = join(folder, "local-cloud");
  mkdirSync(LOCAL_CLOUD_HOME);
  const paths = localPaths({ ...process.env, LOCAL_CLOUD_HOME });
  const phases = new TimedPhases(report);
  const interrupted = stopOnInterrupt();
  const options = { paths, environment, port: await freePort(), steps: phases, signal: interrupted };
  await withStartedCloud(options, () => {
    interrupted.throwIfAborted();
  });
  const again = performance.now();
  // Before the load, since the emulator would have to read its tasks.
  const figures = await withStartedCloud(
    { ...options, steps: new TimedPhases(report) },
    async (cloud, outputs) => {
      const unchanged = secondsFigure("npm start, unchanged", (performance.now() - again) / 1000);
      interrupted.throwIfAborted();
      return [unchanged, ...(await loadFigures(cloud, outputs, quick ? 3 : 15, report, interrupted))];
    },
  );
  return { figures: [...phaseFigures(phases), ...figures], comparisons: [] };
}

const secondsFigure = (subject: string, seconds: number): Figure => ({
  subject,
  measure: "seconds",
  unit: "s",
  ...summarize([seconds]),
});

const phaseFigures = ({ seconds }: TimedPhases): Figure[] =>
  [...seconds].map(([phase, took]) => secondsFigure(`npm start: ${phase}`, took));

async function loadFigures(
  cloud: LocalCloud,
  outputs: AppOutputs,
  seconds: number,
  report: (line: string) => void,
  interrupted: AbortSignal,
): Promise<Figure[]> {
  const base = apiAddress(outputs.api_url, cloud.target.endpoint);
  report("GET /health");
  const gets = await loadApi(base, "GET", seconds);
  report("POST /tasks");
  const started = performance.now();
  const posts = await loadApi(base, "POST", seconds);
  await untilEmpty(cloud, outputs, report, interrupted);
  const drained = posts.succeeded / ((performance.now() - started) / 1000);
  return [
    ...gets.figures,
    ...posts.figures,
    { subject: "tasks done", measure: "throughput", unit: "/s", ...summarize([drained]) },
  ];
}
