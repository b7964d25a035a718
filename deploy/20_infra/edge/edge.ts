import { Construct } from "constructs";
import { Certificate } from "../domain/certificate";
import type { AliasTarget } from "../domain/hosted-zone";
import { Distribution } from "./distribution";
import { OriginSecret } from "./origin-secret";
import { WebAcl } from "./web-acl";
import type { EdgeProps } from "./edge-props";

/** CloudFront and a web application firewall in front of the API's domain. */
export class Edge extends Construct {
  /** CloudFront, at which the name's requests arrive. */
  readonly target: AliasTarget;
  readonly originSecretArn: string;

  constructor(scope: Construct, id: string, props: EdgeProps) {
    super(scope, id);
    const { config, domainConfig, domain, global } = props;
    const certificateArn =
      config.certificate_arn ??
      new Certificate(this, "certificate", {
        domainName: domainConfig.name,
        zoneId: domain.zone.zoneId,
        provider: global,
        ...(domain.certificate && { validatedBy: domain.certificate }),
      }).arn;
    const webAcl = new WebAcl(this, "web-acl", props);
    const secret = new OriginSecret(this, "origin-secret", props);
    const distribution = new Distribution(this, "distribution", {
      ...props,
      certificateArn,
      webAclArn: webAcl.arn,
      requestFunctionArn: secret.functionArn,
    });
    this.target = distribution.target;
    this.originSecretArn = secret.arn;
  }
}
