import { Apigatewayv2ApiMapping } from "@cdktf/provider-aws/lib/apigatewayv2-api-mapping";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import { Construct } from "constructs";
import type { DomainConfig } from "../../config/schemas/domain";
import { Certificate } from "./certificate";
import { HostedZone, type AliasTarget } from "./hosted-zone";

export interface ApiDomainProps {
  readonly config: DomainConfig;
  readonly apiId: string;
  /** The stage's name; a reference, since a mapping needs the stage. */
  readonly stage: string;
  /** Whether the stack of the first region has the record by which ACM validates the name. */
  readonly isValidated: boolean;
}

/** The domain name of the API, with its certificate. */
export class ApiDomain extends Construct {
  readonly zone: HostedZone;
  /** Undefined for an existing certificate. */
  readonly certificate: Certificate | undefined;
  /** API Gateway, at which the name's requests arrive. */
  readonly target: AliasTarget;

  constructor(scope: Construct, id: string, { config, apiId, stage, isValidated }: ApiDomainProps) {
    super(scope, id);
    this.zone = new HostedZone(this, "zone", config);
    this.certificate =
      config.certificate_arn === undefined
        ? new Certificate(this, "certificate", {
            ...{ domainName: config.name, zoneId: this.zone.zoneId },
            isValidated,
          })
        : undefined;
    const domain = new Apigatewayv2DomainName(this, "Resource", {
      domainName: config.name,
      domainNameConfiguration: {
        certificateArn: this.certificate?.arn ?? config.certificate_arn ?? "",
        endpointType: "REGIONAL",
        // The AAAA record needs it.
        ipAddressType: "dualstack",
        securityPolicy: "TLS_1_2",
      },
    });
    new Apigatewayv2ApiMapping(this, "mapping", { apiId, domainName: domain.domainName, stage });
    const { targetDomainName, hostedZoneId } = domain.domainNameConfiguration;
    this.target = { domainName: targetDomainName, hostedZoneId };
  }
}
