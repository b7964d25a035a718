import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as z from "zod";
import { lambdaNode } from "../paths";
import { handlerFile, layerModules, playerFile, type Packages } from "./built-functions";
import {
  comparableCall,
  comparableLine,
  inComparableOrder,
  withoutChance,
  withoutPlaces,
} from "./comparable";
import type { TracedEvent } from "./play-events";
import type { Play } from "./scenario";
import { startScriptedAws, traceIdOf, type ScriptedAws } from "./scripted-aws";

/** How Node is started. */
export interface Start {
  readonly flags?: readonly string[];
  readonly nodeOptions?: string;
}

const thrown = z.object({ name: z.string(), message: z.string(), stack: z.string() });
const outcome = z.object({
  answer: z.unknown().optional(),
  thrown: thrown.optional(),
  written: z.array(z.string()),
});
const said = z.object({ outcomes: z.array(outcome) });

/** What came of a play, without what differs from run to run. */
export interface Played {
  /** Of each scenario: the answer, or what was thrown, the lines of the log, and the calls of AWS. */
  readonly outcomes: readonly unknown[];
  /** What the layer says of its cache. */
  readonly aboutCache: readonly string[];
  /** What AWS was to answer, and nobody has asked for. */
  readonly unasked: readonly string[];
}

const maxBuffer = 64 * 1024 * 1024;
/** Milliseconds, of which a play takes a second; what hangs is ended. */
const timeout = 30_000;

/** Plays in a process of its own. */
export async function play(
  folder: string,
  packages: Packages,
  part: Play,
  start: Start = {},
): Promise<Played> {
  const { functionName, scenarios } = part;
  const aws = await startScriptedAws(scenarios);
  try {
    const running = promisify(execFile)(
      lambdaNode,
      [...(start.flags ?? []), playerFile(folder), handlerFile(folder, packages, functionName)],
      { env: environmentOf(folder, part, aws.endpoint, start), maxBuffer, timeout },
    );
    const events = scenarios.map(({ event }, at): TracedEvent => ({ traceId: traceIdOf(at), event }));
    running.child.stdin?.end(JSON.stringify(events));
    const { stdout, stderr } = await running;
    // Node's own warnings.
    if (stderr !== "") throw new Error(stderr);
    return playedOf(part, said.parse(JSON.parse(stdout)), aws);
  } finally {
    aws.stop();
  }
}

/** As Lambda has it. */
const environmentOf = (
  folder: string,
  { functionName, environment }: Play,
  endpoint: string,
  { nodeOptions }: Start,
) => ({
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_SESSION_TOKEN: "test",
  AWS_REGION: "us-east-1",
  AWS_ENDPOINT_URL: endpoint,
  AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
  AWS_LAMBDA_FUNCTION_NAME: functionName,
  NODE_PATH: layerModules(folder),
  ...(nodeOptions !== undefined && { NODE_OPTIONS: nodeOptions }),
  TASK_QUEUE_URL: `${endpoint}/111111111111/tasks`,
  ...environment,
});

const isAboutCache = (line: string) => line.includes("code cache");

function playedOf(
  { scenarios }: Play,
  { outcomes }: z.output<typeof said>,
  { calls, unasked }: ScriptedAws,
): Played {
  const comparable = outcomes.map(({ answer, thrown, written }, at) => ({
    what: scenarios[at]?.what,
    answer,
    thrown: thrown && { ...thrown, stack: withoutPlaces(thrown.stack) },
    written: written.filter((line) => !isAboutCache(line)).map(comparableLine),
    calls: inComparableOrder(
      calls.filter(({ headers }) => headers["x-amzn-trace-id"] === traceIdOf(at)).map(comparableCall),
    ),
  }));
  return {
    outcomes: z.array(z.unknown()).parse(JSON.parse(withoutChance(JSON.stringify(comparable)))),
    aboutCache: outcomes.flatMap(({ written }) => written.filter(isAboutCache)),
    unasked: unasked(),
  };
}
