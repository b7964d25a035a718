import type { TerraformProvider } from "cdktf";
import type { CoreOutputs } from "../../10_core/outputs";
import type { DomainConfig } from "../../config/schemas/domain";
import type { EdgeConfig } from "../../config/schemas/edge";
import type { InfraConfig } from "../../config/schemas/infra";
import type { Alarms } from "../../shared/alarms";
import type { Naming } from "../../shared/naming";
import type { ApiDomain } from "../domain/api-domain";

export interface EdgeProps {
  readonly nameOf: Naming;
  /** `tasks-dev` */
  readonly namePrefix: string;
  readonly core: CoreOutputs;
  readonly config: EdgeConfig;
  readonly domainConfig: DomainConfig;
  readonly domain: ApiDomain;
  /** The provider of us-east-1, where CloudFront has its certificate, its firewall and its metrics. */
  readonly global: TerraformProvider;
  /** Alarms of us-east-1. */
  readonly alarms: Alarms;
  readonly thresholds: InfraConfig["alarms"];
}
