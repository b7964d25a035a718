import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { DomainConfig } from "../../config/schemas/domain";
import { suppressChecks } from "../../shared/suppression";

/** What an alias record points to. */
export interface AliasTarget {
  readonly domainName: string;
  readonly hostedZoneId: string;
}

/** One of the two records of a name that fails over. */
export interface FailoverRecord {
  readonly type: "PRIMARY" | "SECONDARY";
  /** Undefined for the record that is returned when the other is unhealthy. */
  readonly healthCheckId: string | undefined;
}

/** The zone of the API's records: an existing one, or one that is created here. */
export class HostedZone extends Construct {
  readonly zoneId: string;
  /** Of a zone that is created here, separated by commas. */
  readonly nameServers: string | undefined;

  constructor(scope: Construct, id: string, { hosted_zone: name, create_zone }: DomainConfig) {
    super(scope, id);
    if (!create_zone) {
      this.zoneId = new DataAwsRoute53Zone(this, "existing", { name, privateZone: false }).zoneId;
      return;
    }
    const zone = new Route53Zone(this, "Resource", { name, comment: "Records of the API" });
    suppressChecks(zone, suppressed);
    this.zoneId = zone.zoneId;
    this.nameServers = Fn.join(",", zone.nameServers);
  }

  /** Points a name to a target, for IPv4 and IPv6. */
  alias(name: string, { domainName, hostedZoneId }: AliasTarget, failover?: FailoverRecord): void {
    for (const type of ["A", "AAAA"])
      new Route53Record(this, `${type.toLowerCase()}-record`, {
        zoneId: this.zoneId,
        name,
        type,
        alias: { name: domainName, zoneId: hostedZoneId, evaluateTargetHealth: false },
        ...(failover && {
          setIdentifier: failover.type.toLowerCase(),
          failoverRoutingPolicy: { type: failover.type },
          healthCheckId: failover.healthCheckId,
        }),
      });
  }
}

const suppressed = {
  CKV2_AWS_38: "DNSSEC needs a key in us-east-1 and a record at the parent zone, whose owner enables it",
  CKV2_AWS_39: "the zone has the API's records only; query logs would name the clients' resolvers",
};
