import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint, type VpcEndpointConfig } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { isGatewayService, type EndpointService } from "../../config/schemas/network";
import { metricsOf, type AlarmDefinitions } from "../../shared/alarms";
import { endpointPolicy } from "./endpoint-policy";
import type { NetworkProps } from "./network-props";

export interface EndpointsProps extends NetworkProps {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly routeTableId: string;
}

const httpsPort = 443;
const https = { ipProtocol: "tcp", fromPort: httpsPort, toPort: httpsPort };

/** The endpoints of a VPC, and the security groups of what calls them and of themselves. */
export class Endpoints extends Construct {
  /** The security group of the functions: it sends requests to the endpoints, and nowhere else. */
  readonly clientsGroupId: string;
  private readonly endpointsGroupId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EndpointsProps,
  ) {
    super(scope, id);
    this.clientsGroupId = this.group("functions", "Functions: requests to the endpoints only");
    this.endpointsGroupId = this.group("endpoints", "Endpoints: requests of the functions only");
    new VpcSecurityGroupEgressRule(this, "functions-to-endpoints", {
      securityGroupId: this.clientsGroupId,
      referencedSecurityGroupId: this.endpointsGroupId,
      description: "Requests to the interface endpoints",
      ...https,
    });
    new VpcSecurityGroupIngressRule(this, "endpoints-from-functions", {
      securityGroupId: this.endpointsGroupId,
      referencedSecurityGroupId: this.clientsGroupId,
      description: "Requests of the functions",
      ...https,
    });
    for (const service of props.config.endpoints)
      if (isGatewayService(service)) this.gatewayEndpoint(service);
      else this.interfaceEndpoint(service);
  }

  private group(name: string, description: string): string {
    const { nameOf, vpcId } = this.props;
    return new SecurityGroup(this, `${name}-group`, {
      name: nameOf(name),
      description,
      vpcId,
      tags: { Name: nameOf(name) },
    }).id;
  }

  private endpoint(service: EndpointService, own: Partial<VpcEndpointConfig>): VpcEndpoint {
    const { nameOf, vpcId } = this.props;
    return new VpcEndpoint(this, service, {
      vpcId,
      serviceName: this.serviceName(service),
      policy: endpointPolicy(service, this.props),
      tags: { Name: nameOf(service) },
      ...own,
    });
  }

  private serviceName(service: EndpointService): string {
    return `com.amazonaws.${this.props.core.region}.${service}`;
  }

  /** Routes to the service's addresses, which are a list that AWS maintains. */
  private gatewayEndpoint(service: EndpointService): void {
    const { routeTableId } = this.props;
    const endpoint = this.endpoint(service, { vpcEndpointType: "Gateway", routeTableIds: [routeTableId] });
    new VpcSecurityGroupEgressRule(this, `functions-to-${service}`, {
      securityGroupId: this.clientsGroupId,
      prefixListId: endpoint.prefixListId,
      description: `Requests to ${service}`,
      ...https,
    });
  }

  private interfaceEndpoint(service: EndpointService): void {
    const { subnetIds, vpcId, nameOf, alarms } = this.props;
    const endpoint = this.endpoint(service, {
      vpcEndpointType: "Interface",
      subnetIds: [...subnetIds],
      securityGroupIds: [this.endpointsGroupId],
      // The functions' SDK calls the service by its public name.
      privateDnsEnabled: true,
    });
    // https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-cloudwatch-metrics.html
    const metric = metricsOf("AWS/PrivateLinkEndpoints", {
      "Endpoint Type": "Interface",
      "Service Name": this.serviceName(service),
      "VPC Endpoint Id": endpoint.id,
      "VPC Id": vpcId,
    });
    alarms.add(endpoint, nameOf(`endpoint-${service}`), endpointAlarms(metric), {
      "bytes (cost)": [metric("BytesProcessed")],
    });
  }
}

const endpointAlarms = (metric: ReturnType<typeof metricsOf>): AlarmDefinitions => ({
  "packets-dropped": {
    summary: "A VPC endpoint drops packets, so that calls of the functions time out",
    ...{ metrics: [metric("PacketsDropped")], above: 0, datapoints: [3, 5] },
  },
});
