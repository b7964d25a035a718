import { setTimeout as delay } from "node:timers/promises";
import { CloudFrontClient, DescribeKeyValueStoreCommand } from "@aws-sdk/client-cloudfront";
import {
  CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand as DescribeValuesCommand,
  GetKeyCommand,
  PutKeyCommand,
  ResourceNotFoundException as NoKeyError,
} from "@aws-sdk/client-cloudfront-keyvaluestore";
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
// Signs requests to key value stores, which are in no region.
import "@aws-sdk/signature-v4a";
import { edgeRegion } from "../../deploy/shared/edge-region";
import { originSecretKey, originSecretName, originStoreName } from "../../deploy/shared/edge-names";
import { naming } from "../../deploy/shared/naming";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { userError } from "../core/errors";
import { rotate, type OriginSecretStore } from "./rotate-secret";
import { randomValue } from "./secret-value";
import { setSecret } from "./set-secret";

/** An instance may have read the values just before the change, and its clock may differ. */
const marginSeconds = 5;

/**
 * Rotates the secret that CloudFront sends, or sets the first one.
 * @throws {CommandError} when the environment has no edge
 */
export async function rotateOriginSecret(account: EnvironmentAccount) {
  const { config } = account;
  const { edge } = config.infra;
  if (edge === undefined) throw noEdge(config.name);
  const id = naming(config)(originSecretName);
  const waitSeconds = edge.closed_origin ? edge.secret_max_age_seconds + marginSeconds : 0;
  const { step } = await rotate(await awsStore(account, id), randomValue, async () => {
    console.log(`  waiting ${waitSeconds} s, until every function has read the new value`);
    await delay(waitSeconds * 1000);
  });
  console.log(`  ${id}: CloudFront sends the new value; the one before is still accepted`);
  return { id, continued: step === "continued" };
}

/** The secret in Secrets Manager and in the key value store of CloudFront. */
async function awsStore(account: EnvironmentAccount, id: string): Promise<OriginSecretStore> {
  const { config, client } = account;
  const secrets = new SecretsManagerClient(client);
  const cloudfront = new CloudFrontClient({ ...client, region: edgeRegion });
  const { KeyValueStore } = await cloudfront.send(
    new DescribeKeyValueStoreCommand({ Name: naming(config)(originStoreName) }),
  );
  const KvsARN = KeyValueStore?.ARN;
  if (KvsARN === undefined) throw noEdge(config.name);
  const values = valuesClient(account);
  const version = async (VersionStage: "AWSCURRENT" | "AWSPREVIOUS") => {
    try {
      const found = await secrets.send(new GetSecretValueCommand({ SecretId: id, VersionStage }));
      return found.SecretString === "" ? undefined : found.SecretString;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  };
  return {
    accepted: async () => ({ current: await version("AWSCURRENT"), previous: await version("AWSPREVIOUS") }),
    accept: async (value) => {
      await setSecret(secrets, id, value);
    },
    sent: async () => {
      try {
        return (await values.send(new GetKeyCommand({ KvsARN, Key: originSecretKey }))).Value;
      } catch (error) {
        if (error instanceof NoKeyError) return undefined;
        throw error;
      }
    },
    send: async (Value) => {
      const { ETag: IfMatch } = await values.send(new DescribeValuesCommand({ KvsARN }));
      await values.send(new PutKeyCommand({ KvsARN, Key: originSecretKey, Value, IfMatch }));
    },
  };
}

/**
 * A client of key value stores. The SDK writes the account's id before the host of the endpoint, which an IP address cannot
 * have: at an emulator, requests are built for a name and sent to the host itself.
 */
function valuesClient({
  client: { endpoint, ...client },
}: EnvironmentAccount): CloudFrontKeyValueStoreClient {
  const global = { ...client, region: edgeRegion };
  if (endpoint === undefined) return new CloudFrontKeyValueStoreClient(global);
  const { hostname } = new URL(endpoint);
  const named = endpoint.replace(hostname, "localhost");
  const values = new CloudFrontKeyValueStoreClient({ ...global, endpoint: named });
  values.middlewareStack.add(
    (next) => (parameters) => {
      (parameters.request as { hostname: string }).hostname = hostname;
      return next(parameters);
    },
    { step: "build", name: "emulatorHost" },
  );
  return values;
}

const noEdge = (environment: string) =>
  userError(
    `${environment} has no edge.`,
    `an edge in deploy/20_infra/environments/${environment}/terraform.tfvars, which is deployed`,
    "see docs/operations/edge.md",
  );
