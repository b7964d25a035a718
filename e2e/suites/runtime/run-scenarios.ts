import * as z from "zod";
import type { Outcome } from "../../../packages/lambda-runtime/src/lambda-function";
import { taskRoot, type Packages } from "./built-functions";
import {
  comparableCall,
  comparableLog,
  comparableReport,
  inComparableOrder,
  withoutVariableParts,
} from "./comparable-outcomes";
import type { ScenarioGroup } from "./scenario";
import { startScriptedAws, traceIdOf, type ScriptedAws } from "./scripted-aws";
import { lambdaFunction, type StartOptions } from "./lambda-function";
import { requestId } from "./stored-tasks";

/** The outcome of a group, without the parts that vary. */
export interface GroupOutcome {
  /** Of the group. */
  readonly name: string;
  /** Of each scenario: the response or error, the log lines, and the calls to AWS. */
  readonly outcomes: readonly unknown[];
  /** Log lines of the layer about its code cache. */
  readonly cacheMessages: readonly string[];
  /** Scripted responses of AWS that no call has received. */
  readonly unusedResponses: readonly string[];
}

/** Invokes a function with each event of a group, in one process of AWS's runtime client. */
export async function runScenarios(
  folder: string,
  packages: Packages,
  group: ScenarioGroup,
  start: StartOptions = {},
): Promise<GroupOutcome> {
  const { scenarios } = group;
  const aws = await startScriptedAws(scenarios);
  const lambda = lambdaFunction(
    folder,
    taskRoot(folder, packages, group.functionName),
    group,
    aws.endpoint,
    start,
  );
  try {
    const outcomes: Outcome[] = [];
    for (const [at, { event }] of scenarios.entries())
      outcomes.push(await lambda.invoke(event, requestId, traceIdOf(at)));
    return groupOutcome(group, outcomes, aws);
  } finally {
    await lambda.stop();
    aws.stop();
  }
}

const isCacheMessage = (line: string) => line.includes("code cache");

function groupOutcome(
  { name, scenarios }: ScenarioGroup,
  outcomes: readonly Outcome[],
  { calls, unusedResponses }: ScriptedAws,
): GroupOutcome {
  const comparable = outcomes.map(({ log, ...report }, at) => ({
    name: scenarios[at]?.name,
    ...comparableReport(report),
    log: comparableLog(log.filter((line) => !isCacheMessage(line))),
    calls: inComparableOrder(
      calls.filter(({ headers }) => headers["x-amzn-trace-id"] === traceIdOf(at)).map(comparableCall),
    ),
  }));
  return {
    name,
    outcomes: z.array(z.unknown()).parse(JSON.parse(withoutVariableParts(JSON.stringify(comparable)))),
    cacheMessages: outcomes.flatMap(({ log }) => log.filter(isCacheMessage)),
    unusedResponses: unusedResponses(),
  };
}
