import { startAwsStub, type AwsResponse, type AwsCall } from "../../../packages/aws-stub/src/aws-stub";
import type { Scenario } from "./scenario";

/** An AWS stub that returns the responses of each scenario. */
export interface ScriptedAws {
  readonly endpoint: string;
  /** In the order of arrival. */
  readonly calls: readonly AwsCall[];
  /** Responses that no call has received, e.g. `no table: PutItem`. */
  readonly unusedResponses: () => string[];
  readonly stop: () => void;
}

/** Identifies the calls of a scenario: functions propagate the trace id of their invocation. */
export const traceIdOf = (at: number) => `Root=1-00000000-${String(at).padStart(24, "0")};Sampled=0`;

export async function startScriptedAws(scenarios: readonly Scenario[]): Promise<ScriptedAws> {
  const calls: AwsCall[] = [];
  const left = new Map<string, AwsResponse[]>(
    scenarios.flatMap(({ aws = {} }, at) =>
      Object.entries(aws).map(([name, responses]) => [`${traceIdOf(at)} ${name}`, [...responses]] as const),
    ),
  );
  const { endpoint, stop } = await startAwsStub((call) => {
    calls.push(call);
    const [, name = ""] = call.operation.split(".");
    return left.get(`${String(call.headers["x-amzn-trace-id"])} ${name}`)?.shift();
  });
  const unusedResponses = () =>
    scenarios.flatMap(({ name, aws = {} }, at) =>
      Object.keys(aws)
        .filter((operation) => left.get(`${traceIdOf(at)} ${operation}`)?.length !== 0)
        .map((operation) => `${name}: ${operation}`),
    );
  return { endpoint, calls, unusedResponses, stop };
}
