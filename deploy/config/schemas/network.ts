import * as z from "zod";
import { privateCidr } from "./cidr";
import { setting } from "./setting";

/** Services with an endpoint in the route table, without a charge. */
export const gatewayServices = ["dynamodb", "s3"] as const;
/** Services with an endpoint in each subnet. */
export const interfaceServices = ["kms", "logs", "secretsmanager", "sqs", "xray"] as const;
const endpointServices = [...gatewayServices, ...interfaceServices];
export type EndpointService = (typeof endpointServices)[number];

const unique = (values: readonly unknown[]) => new Set(values).size === values.length;
const mostZones = 6;

/** The private network of the functions. */
export const networkConfig = z.strictObject({
  cidr: setting("The private range of IPv4 addresses of the VPC.", privateCidr),
  availability_zones: setting(
    "One private subnet in each. Two or more, so that a zone may fail.",
    z
      .array(
        z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, 'a zone of the region, such as "eu-central-1a"'),
      )
      .min(2)
      .max(mostZones)
      .refine(unique, "each zone once"),
  ),
  endpoints: setting(
    "The services that are reached without the internet. DynamoDB and S3 are free; each of the others costs by zone and hour.",
    z.array(z.enum(endpointServices)).refine(unique, "each service once"),
  ),
});
export type NetworkConfig = z.output<typeof networkConfig>;

export const isGatewayService = (service: EndpointService): service is (typeof gatewayServices)[number] =>
  gatewayServices.some((name) => name === service);
