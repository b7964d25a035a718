import type { AwsAnswer } from "../../testing/aws-stub";
import type { FunctionName } from "../paths";

/** What a function is asked, and what AWS answers it meanwhile. */
export interface Scenario {
  /** For whoever reads what differs. */
  readonly what: string;
  readonly event: unknown;
  /** Answers to calls of an operation, as `PutItem`, in turn; the calls after them go well. */
  readonly aws?: Readonly<Record<string, readonly AwsAnswer[]>>;
}

/** A function in an environment, and what it goes through there, one after the other. */
export interface Play {
  readonly name: string;
  readonly functionName: FunctionName;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly scenarios: readonly Scenario[];
}
