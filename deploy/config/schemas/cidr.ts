import * as z from "zod";

const octet = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const pattern = new RegExp(`^(${octet}\\.){3}${octet}/\\d{1,2}$`);
const bits = 32;

interface Range {
  /** The first address as a number. */
  readonly first: number;
  readonly prefix: number;
}

/** @param cidr `10.20.0.0/20` */
function rangeOf(cidr: string): Range {
  const [address = "", prefix = ""] = cidr.split("/");
  return {
    first: address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0),
    prefix: Number(prefix),
  };
}

const sizeOf = ({ prefix }: Pick<Range, "prefix">) => 2 ** (bits - prefix);
const addressOf = (first: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".");

/** RFC 1918. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(rangeOf);
const isPrivate = ({ first, prefix }: Range) =>
  privateRanges.some(
    (range) =>
      first >= range.first && first + sizeOf({ prefix }) <= range.first + sizeOf({ prefix: range.prefix }),
  );

/** VPCs have /16 to /28; with /24 each of six subnets has 32 addresses. */
const [largest, smallest] = [16, 24];

/** A private range of IPv4 for a VPC. */
export const privateCidr = z
  .string()
  .regex(pattern, 'a range of IPv4 addresses such as "10.20.0.0/20"')
  .superRefine((cidr, context) => {
    if (!pattern.test(cidr)) return;
    const range = rangeOf(cidr);
    const reject = (message: string) => {
      context.addIssue({ code: "custom", input: cidr, message });
    };
    if (range.prefix < largest || range.prefix > smallest) reject(`a range from /${largest} to /${smallest}`);
    else if (range.first % sizeOf(range) !== 0)
      reject(
        `a range that begins at its first address, ${addressOf(range.first - (range.first % sizeOf(range)))}/${range.prefix}`,
      );
    else if (!isPrivate(range)) reject("a private range: in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16");
  });

/** Divides a range into subnets of equal size, the largest of which there is room for. */
export function subnetsOf(cidr: string, count: number): string[] {
  const { first, prefix } = rangeOf(cidr);
  const subnet = { prefix: prefix + Math.ceil(Math.log2(count)) };
  return Array.from(
    { length: count },
    (_, index) => `${addressOf(first + index * sizeOf(subnet))}/${subnet.prefix}`,
  );
}
