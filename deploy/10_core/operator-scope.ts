import type { BackendConfig } from "../config/schemas/backend";
import type { AwsContext } from "../shared/arn";

/** What the operator role is for. */
export interface OperatorScope {
  /** With the region `*` in an environment that has a second region. */
  readonly awsContext: AwsContext;
  /** The environment's region, in which `keyArn` is. */
  readonly region: string;
  readonly recoveryRegion: string | undefined;
  readonly tags: { readonly Project: string; readonly Environment: string };
  readonly namePrefix: string;
  readonly keyArn: string | undefined;
  readonly backends: readonly BackendConfig[];
}
