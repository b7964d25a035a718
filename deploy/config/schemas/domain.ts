import * as z from "zod";
import { setting } from "./setting";

/** The longest name of a certificate of ACM: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const longestCertifiedName = 64;
const longestZone = 253;

const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const labels = new RegExp(`^(${label}\\.)+${label}$`);

/** A DNS name of two labels or more, in lower case. Each rule has its own message, of which the first that applies is reported. */
const dnsName = (example: string, longest: number) =>
  z.string().superRefine((value, context) => {
    const reject = (message: string) => {
      context.addIssue({ code: "custom", input: value, message });
    };
    if (value.endsWith(".")) reject(`a name without a dot at the end, such as "${example}"`);
    else if (value !== value.toLowerCase()) reject(`a name in lower case, such as "${example}"`);
    else if (value.length > longest) reject(`a name of at most ${longest} characters`);
    else if (!labels.test(value))
      reject(
        `a DNS name such as "${example}": labels of a-z, 0-9 and inner hyphens, at most 63 characters each`,
      );
  });

/** A certificate of ACM that exists; its region depends on what uses it, which rules check. */
export const certificateArn = z
  .string()
  .regex(
    /^arn:aws[\w-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
    "the ARN of a certificate of ACM, such as arn:aws:acm:eu-central-1:111111111111:certificate/…",
  )
  .optional();

/** The domain name of the API. */
export const domainConfig = z
  .strictObject({
    name: setting(
      "The API's DNS name, which replaces the URL of API Gateway.",
      dnsName("api.example.com", longestCertifiedName),
    ),
    hosted_zone: setting(
      "The public hosted zone of Route 53 in this account that has the API's records.",
      dnsName("example.com", longestZone),
    ),
    create_zone: setting(
      "Creates the hosted zone. Delegate it to the name servers of the output `name_servers` while the first deployment waits for the certificate.",
      z.boolean().default(false),
    ),
    certificate_arn: setting(
      "An issued certificate in the environment's region; without it one is created, and validated by DNS.",
      certificateArn,
    ),
  })
  .superRefine(({ name, hosted_zone }, context) => {
    if (name !== hosted_zone && !name.endsWith(`.${hosted_zone}`))
      context.addIssue({
        code: "custom",
        path: ["hosted_zone"],
        input: hosted_zone,
        message: `the zone of domain.name: ${name}, or what follows one of its dots`,
      });
  });
export type DomainConfig = z.output<typeof domainConfig>;
