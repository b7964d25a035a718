import * as z from "zod";
import type { Outcome } from "../../lambda-runtime/lambda-function";
import { taskRoot, type Packages } from "./built-functions";
import {
  comparableCall,
  comparableLog,
  comparableReport,
  inComparableOrder,
  withoutChance,
} from "./comparable";
import type { Play } from "./scenario";
import { startScriptedAws, traceIdOf, type ScriptedAws } from "./scripted-aws";
import { lambdaFunction, type Start } from "./start";
import { requestId } from "./stored-tasks";

/** What came of a play, without what differs from run to run. */
export interface Played {
  /** Of the play. */
  readonly name: string;
  /** Of each scenario: the response or error, the lines of the log, and the calls of AWS. */
  readonly outcomes: readonly unknown[];
  /** What the layer says of its cache. */
  readonly aboutCache: readonly string[];
  /** What AWS was to answer, and nobody has asked for. */
  readonly unasked: readonly string[];
}

/** Plays in a process of its own, which AWS's runtime client runs. */
export async function play(
  folder: string,
  packages: Packages,
  part: Play,
  start: Start = {},
): Promise<Played> {
  const { scenarios } = part;
  const aws = await startScriptedAws(scenarios);
  const lambda = lambdaFunction(
    folder,
    taskRoot(folder, packages, part.functionName),
    part,
    aws.endpoint,
    start,
  );
  try {
    const outcomes: Outcome[] = [];
    for (const [at, { event }] of scenarios.entries())
      outcomes.push(await lambda.invoke(event, requestId, traceIdOf(at)));
    return playedOf(part, outcomes, aws);
  } finally {
    await lambda.stop();
    aws.stop();
  }
}

const isAboutCache = (line: string) => line.includes("code cache");

function playedOf(
  { name, scenarios }: Play,
  outcomes: readonly Outcome[],
  { calls, unasked }: ScriptedAws,
): Played {
  const comparable = outcomes.map(({ log, ...report }, at) => ({
    what: scenarios[at]?.what,
    ...comparableReport(report),
    log: comparableLog(log.filter((line) => !isAboutCache(line))),
    calls: inComparableOrder(
      calls.filter(({ headers }) => headers["x-amzn-trace-id"] === traceIdOf(at)).map(comparableCall),
    ),
  }));
  return {
    name,
    outcomes: z.array(z.unknown()).parse(JSON.parse(withoutChance(JSON.stringify(comparable)))),
    aboutCache: outcomes.flatMap(({ log }) => log.filter(isAboutCache)),
    unasked: unasked(),
  };
}
