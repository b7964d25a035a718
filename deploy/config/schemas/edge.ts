import * as z from "zod";
import { certificateArn } from "./domain";
import { setting } from "./setting";

/** CloudFront and the web application firewall in front of the domain. */
export const edgeConfig = z.strictObject({
  rate_limit: setting(
    "Requests of one IP address in rate_window_seconds above which the firewall responds with 429.",
    z.int().min(10).max(2_000_000_000),
  ),
  rate_window_seconds: setting(
    "The time in which the firewall counts requests; WAF supports these.",
    z.literal([60, 120, 300, 600]).default(300),
  ),
  closed_origin: setting(
    "The function refuses requests that did not come through CloudFront. False while the edge is turned on or off in a running environment.",
    z.boolean().default(true),
  ),
  secret_max_age_seconds: setting(
    "How long the API caches the secret that CloudFront sends, and so how long a rotation takes.",
    z.int().min(1).max(3_600).default(60),
  ),
  price_class: setting(
    "Where CloudFront serves from: North America and Europe (100), most of the world without South America and Australia (200), or all.",
    z.enum(["PriceClass_100", "PriceClass_200", "PriceClass_All"]).default("PriceClass_100"),
  ),
  certificate_arn: setting(
    "An issued certificate in us-east-1, as CloudFront requires; without it one is created, and validated by DNS.",
    certificateArn,
  ),
});
export type EdgeConfig = z.output<typeof edgeConfig>;
