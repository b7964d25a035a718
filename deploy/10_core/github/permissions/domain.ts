import { apiGatewayArn, globalArn } from "../../../shared/arn";
import { edgeRegionArns } from "../../../shared/edge-region";
import type { DeploymentPermission, DeploymentScope } from "./permission";

/** The domain name of the API, when tfvars set one: certificates, records and API Gateway's domain name. */
export function domainPermissions({ awsContext, parts }: DeploymentScope): DeploymentPermission[] {
  const { domain } = parts;
  if (domain === undefined) return [];
  const zones = [globalArn(awsContext, "route53", "hostedzone/*")];
  return [
    {
      sid: "DomainNames",
      resources: ["/domainnames", "/domainnames/*"].map((path) => apiGatewayArn(awsContext, path)),
      creates: { aws_apigatewayv2_domain_name: undefined, aws_apigatewayv2_api_mapping: undefined },
      read: ["apigateway:GET"],
      write: [
        "apigateway:DELETE",
        "apigateway:PATCH",
        "apigateway:POST",
        "apigateway:TagResource",
        "apigateway:UntagResource",
      ],
    },
    {
      // ACM generates certificate ids. That of CloudFront is in us-east-1.
      sid: "Certificates",
      resources: edgeRegionArns(awsContext, parts, "acm", "certificate/*"),
      creates: { aws_acm_certificate: undefined, aws_acm_certificate_validation: undefined },
      read: ["acm:DescribeCertificate", "acm:ListTagsForCertificate"],
      write: [
        "acm:AddTagsToCertificate",
        "acm:DeleteCertificate",
        "acm:RemoveTagsFromCertificate",
        "acm:UpdateCertificateOptions",
      ],
    },
    // A certificate has no ARN before it is requested.
    { sid: "NewCertificates", resources: ["*"], read: [], write: ["acm:RequestCertificate"] },
    {
      sid: "HostedZones",
      resources: zones,
      creates: { aws_route53_record: undefined },
      read: ["route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:ListTagsForResource"],
      write: [],
    },
    {
      // The zone may have records of others: the API's, and those by which ACM validates it, are the only ones.
      sid: "Records",
      resources: zones,
      read: [],
      write: ["route53:ChangeResourceRecordSets"],
      writeCondition: {
        "ForAllValues:StringLike": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": [domain.name, `_*.${domain.name}`],
        },
      },
    },
    {
      sid: "RecordChanges",
      resources: [globalArn(awsContext, "route53", "change/*")],
      read: [],
      write: ["route53:GetChange"],
    },
    { sid: "AllHostedZones", resources: ["*"], read: ["route53:ListHostedZones"], write: [] },
    ...(domain.create_zone ? ownZone(zones) : []),
  ];
}

const ownZone = (zones: readonly string[]): DeploymentPermission[] => [
  {
    sid: "OwnHostedZone",
    resources: zones,
    read: [],
    write: ["route53:ChangeTagsForResource", "route53:DeleteHostedZone", "route53:UpdateHostedZoneComment"],
  },
  {
    // A zone has no ARN before it is created.
    sid: "NewHostedZone",
    resources: ["*"],
    creates: { aws_route53_zone: undefined },
    read: [],
    write: ["route53:CreateHostedZone"],
  },
];
