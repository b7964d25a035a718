import { boundaryStatements } from "../../10_core/permissions-boundary";
import type { EndpointService } from "../../config/schemas/network";
import { policyDocument, type Statement } from "../../shared/policy-document";
import type { NetworkProps } from "./network-props";

/**
 * What passes through an endpoint: the calls that the boundary allows functions, on the environment's resources, by
 * principals of this account. The credentials of another account, with which data could leave, are refused.
 */
export const endpointPolicy = (
  service: EndpointService,
  { core, namePrefix, hasDatabase }: Pick<NetworkProps, "core" | "namePrefix" | "hasDatabase">,
): string =>
  policyDocument(
    boundaryStatements({ awsContext: core, namePrefix, keyArn: core.key_arn, hasNetwork: false, hasDatabase })
      .filter(({ Action }) => [Action].flat().every((action) => action.startsWith(`${service}:`)))
      .map((statement): Statement => ({
        ...statement,
        Principal: { AWS: "*" },
        Condition: { StringEquals: { "aws:PrincipalAccount": core.account_id } },
      })),
  );
