import { GetObjectCommand, NoSuchKey } from "@aws-sdk/client-s3";
import type { BackendConfig } from "../../deploy/config/schemas/backend";
import { layers, type Layer } from "../../deploy/shared/layers";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import type { StateClients } from "../../packages/local-cloud/src/aws-clients";
import { digestOf, readDigest } from "../../packages/terraform-backend/src/state-digest";

/** A layer's state as it lies in S3. */
export async function stateText(
  { bucket, key }: BackendConfig,
  { s3 }: Pick<StateClients, "s3">,
): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/**
 * Layers whose state in S3 is not the one whose digest Terraform has noted in the lock table. Terraform refuses such a
 * state for ever ("state data in S3 does not have the expected content").
 */
export async function mismatchedStates(
  { backends }: EnvironmentConfig,
  clients: StateClients,
): Promise<Layer[]> {
  const checked = await Promise.all(
    layers.map(async (layer) => {
      const backend = backends[layer];
      const [text, noted] = await Promise.all([stateText(backend, clients), readDigest(backend, clients)]);
      const found = text === undefined ? undefined : digestOf(text);
      return found === noted ? [] : [layer];
    }),
  );
  return checked.flat();
}
