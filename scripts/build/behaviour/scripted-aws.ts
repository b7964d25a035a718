import { startAwsStub, type AwsAnswer, type AwsCall } from "../../testing/aws-stub";
import type { Scenario } from "./scenario";

/** AWS that answers the calls of each scenario as it says. */
export interface ScriptedAws {
  readonly endpoint: string;
  /** So far, in the order of their coming. */
  readonly calls: readonly AwsCall[];
  /** Answers that nobody has asked for yet, e.g. `no table: PutItem`. */
  readonly unasked: () => string[];
  readonly stop: () => void;
}

/** By which the calls of a scenario are known: functions pass on what Lambda has given them. */
export const traceIdOf = (at: number) => `Root=1-00000000-${String(at).padStart(24, "0")};Sampled=0`;

export async function startScriptedAws(scenarios: readonly Scenario[]): Promise<ScriptedAws> {
  const calls: AwsCall[] = [];
  const left = new Map<string, AwsAnswer[]>(
    scenarios.flatMap(({ aws = {} }, at) =>
      Object.entries(aws).map(([name, answers]) => [`${traceIdOf(at)} ${name}`, [...answers]] as const),
    ),
  );
  const { endpoint, stop } = await startAwsStub((call) => {
    calls.push(call);
    const [, name = ""] = call.operation.split(".");
    return left.get(`${String(call.headers["x-amzn-trace-id"])} ${name}`)?.shift();
  });
  const unasked = () =>
    scenarios.flatMap(({ what, aws = {} }, at) =>
      Object.keys(aws)
        .filter((name) => left.get(`${traceIdOf(at)} ${name}`)?.length !== 0)
        .map((name) => `${what}: ${name}`),
    );
  return { endpoint, calls, unasked, stop };
}
