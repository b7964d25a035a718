import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import { subnetsOf } from "../../config/schemas/cidr";
import { Endpoints } from "./endpoints";
import { flowLog } from "./flow-log";
import type { NetworkProps } from "./network-props";

/** A VPC without a way to the internet: private subnets, and endpoints of the services that the functions call. */
export class Network extends Construct {
  /** By availability zone. */
  readonly subnetIds: Readonly<Record<string, string>>;
  readonly securityGroupId: string;
  readonly vpcId: string;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { nameOf, core, config } = props;
    const tags = { Name: nameOf("network") };
    const vpc = new Vpc(this, "Resource", {
      cidrBlock: config.cidr,
      // Private names of the endpoints need both.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags,
    });
    // Without rules: what names no security group can neither send nor receive.
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: vpc.id });
    const routeTable = new RouteTable(this, "route-table", { vpcId: vpc.id, tags });
    const ranges = subnetsOf(config.cidr, config.availability_zones.length);
    const subnets = config.availability_zones.map((availabilityZone, index) => {
      const subnet = new Subnet(this, `subnet-${availabilityZone}`, {
        vpcId: vpc.id,
        availabilityZone,
        cidrBlock: ranges[index] ?? "",
        mapPublicIpOnLaunch: false,
        tags: { Name: nameOf(`private-${availabilityZone}`) },
      });
      new RouteTableAssociation(this, `route-table-${availabilityZone}`, {
        subnetId: subnet.id,
        routeTableId: routeTable.id,
      });
      return subnet;
    });
    const endpoints = new Endpoints(this, "endpoints", {
      ...props,
      vpcId: vpc.id,
      subnetIds: subnets.map((subnet) => subnet.id),
      routeTableId: routeTable.id,
    });
    flowLog(this, { nameOf, core, vpcId: vpc.id });
    this.subnetIds = Object.fromEntries(
      config.availability_zones.map((zone, index) => [zone, subnets[index]?.id ?? ""]),
    );
    this.vpcId = vpc.id;
    this.securityGroupId = endpoints.clientsGroupId;
  }
}
