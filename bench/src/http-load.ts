import { join } from "node:path";
import * as z from "zod";
import { run } from "../../packages/local-cloud/src/command";
import { loadFailed } from "./errors";
import { httpEvent, type Method } from "./events";
import { lambdaNode } from "../../packages/lambda-runtime/src/lambda-node";
import { peersFolder } from "./paths";
import type { Figure } from "./results";
import { summarize } from "./statistics";

const connections = 10;

const report = z.object({
  requests: z.object({ average: z.number() }),
  latency: z.object({ p50: z.number(), p99: z.number() }),
  "2xx": z.int(),
  non2xx: z.int(),
  errors: z.int(),
});

export interface Load {
  readonly figures: readonly Figure[];
  /** Number of responses with status 2xx. */
  readonly succeeded: number;
}

/**
 * Sends requests to the deployed API as fast as it responds, by autocannon in a process of its own.
 * @throws {LocalCloudError} unless every response has status 2xx
 */
export async function loadApi(base: string, method: Method, seconds: number): Promise<Load> {
  const { rawPath, body } = httpEvent(method);
  const parameters = [
    ...["--json", "--connections", String(connections), "--duration", String(seconds)],
    ...["--method", method, ...(body === undefined ? [] : ["--body", body])],
    ...["--headers", "content-type=application/json", `${base}${rawPath}`],
  ];
  const program = join(peersFolder, "node_modules", "autocannon", "autocannon.js");
  const { stdout, stderr } = await run(lambdaNode, [program, ...parameters], {});
  const found = report.safeParse(JSON.parse(stdout || "{}"));
  if (!found.success) throw loadFailed(method, stderr);
  const { requests, latency, "2xx": succeeded, non2xx, errors } = found.data;
  if (non2xx + errors > 0) throw loadFailed(method, `${non2xx} other statuses, ${errors} errors`);
  const figure = (measure: string, unit: Figure["unit"], value: number): Figure => ({
    subject: `${method} ${rawPath}`,
    measure,
    unit,
    ...summarize([value]),
  });
  return {
    succeeded,
    figures: [
      figure("throughput", "/s", requests.average),
      figure("p50", "ms", latency.p50),
      figure("p99", "ms", latency.p99),
    ],
  };
}
