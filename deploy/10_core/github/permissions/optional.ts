import { domainPermissions } from "./domain";
import { edgePermissions } from "./edge";
import { networkPermissions } from "./network";
import { recoveryPermissions } from "./recovery";
import type { DeploymentPermission, DeploymentScope } from "./permission";

/** The domain, the edge, the network and the second region: nothing for a part that tfvars do not have. */
export const optionalPermissions = (scope: DeploymentScope): DeploymentPermission[] => [
  ...domainPermissions(scope),
  ...edgePermissions(scope),
  ...networkPermissions(scope),
  ...recoveryPermissions(scope),
];
