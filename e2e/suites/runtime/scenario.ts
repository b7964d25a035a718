import type { AwsResponse } from "../../../packages/aws-stub/src/aws-stub";
import type { FunctionName } from "../../../scripts/build/paths";

/** An event, and the responses of AWS to the calls that the function makes. */
export interface Scenario {
  /** Printed with the differences of a failed test. */
  readonly name: string;
  readonly event: unknown;
  /** Responses to the calls of an operation, such as `PutItem`, in order; later calls succeed. */
  readonly aws?: Readonly<Record<string, readonly AwsResponse[]>>;
}

/** A function with its environment variables, and the scenarios that one process runs in order. */
export interface ScenarioGroup {
  readonly name: string;
  readonly functionName: FunctionName;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly scenarios: readonly Scenario[];
}
