import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { clientSettings } from "../clients";

let secretsManager: SecretsManagerClient | undefined;
/** Created when a secret is first read, because most invocations read none. */
export const secretsClient = (): SecretsManagerClient =>
  (secretsManager ??= new SecretsManagerClient(clientSettings));
