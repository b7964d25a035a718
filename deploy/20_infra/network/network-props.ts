import type { CoreOutputs } from "../../10_core/outputs";
import type { NetworkConfig } from "../../config/schemas/network";
import type { Alarms } from "../../shared/alarms";
import type { Naming } from "../../shared/naming";

export interface NetworkProps {
  readonly nameOf: Naming;
  /** `tasks-dev` */
  readonly namePrefix: string;
  readonly core: CoreOutputs;
  readonly config: NetworkConfig;
  readonly alarms: Alarms;
  /** Whether functions use a database, whose secret the migrations read. */
  readonly hasDatabase: boolean;
}
