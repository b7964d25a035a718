import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";

export interface CertificateProps {
  readonly domainName: string;
  readonly zoneId: string;
  /** The provider of the certificate's region; that of the stack unless given. */
  readonly provider?: TerraformProvider;
  /** The record of another certificate of the same name: ACM validates all of an account by one record. */
  readonly validatedBy?: Certificate;
  /** Whether the stack of the first region has the record, by which ACM validates the name in all regions of an account. */
  readonly isValidated?: boolean;
}

/** A DNS record has to be seen by ACM's servers, which may take minutes. */
const validationTtlSeconds = 60;

/** A certificate of one name, validated by DNS. */
export class Certificate extends Construct {
  /** The ARN; what refers to it waits until the certificate is issued. */
  readonly arn: string;
  readonly record: (ITerraformDependable & { readonly fqdn: string }) | undefined;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const { domainName, zoneId, provider, validatedBy, isValidated = false } = props;
    const certificate = new AcmCertificate(this, "Resource", {
      domainName,
      validationMethod: "DNS",
      options: { certificateTransparencyLoggingPreference: "ENABLED" },
      // An API's domain name keeps the certificate until it has the new one.
      lifecycle: { createBeforeDestroy: true },
      provider,
    });
    const { resourceRecordName, resourceRecordType, resourceRecordValue } =
      certificate.domainValidationOptions.get(0);
    this.record = isValidated
      ? undefined
      : (validatedBy?.record ??
        new Route53Record(this, "validation-record", {
          zoneId,
          name: resourceRecordName,
          type: resourceRecordType,
          records: [resourceRecordValue],
          ttl: validationTtlSeconds,
          // The record may exist: it is the same for each certificate of the name, before and after a replacement.
          allowOverwrite: true,
        }));
    this.arn = new AcmCertificateValidation(this, "validation", {
      certificateArn: certificate.arn,
      validationRecordFqdns: this.record && [this.record.fqdn],
      provider,
    }).certificateArn;
  }
}
