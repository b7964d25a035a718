import type { InfraConfig } from "../config/schemas/infra";

/** The API's URL, when it has a domain name; otherwise API Gateway generates one. */
export const publicUrl = ({ domain }: Pick<InfraConfig, "domain">): string | undefined =>
  domain && `https://${domain.name}`;
