import { GetObjectCommand, NoSuchKey } from "@aws-sdk/client-s3";
import type { BackendConfig } from "../../deploy/config/schemas/backend";
import { layers, type Layer } from "../../deploy/shared/layers";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import type { StateClients } from "../../packages/local-cloud/src/aws-clients";
import { digestOf, readDigest } from "../../packages/terraform-backend/src/state-digest";

/** A layer's state file in S3; undefined if there is none. */
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
 * Layers whose state in S3 does not match its digest in the lock table. Terraform refuses such a state ("state data in S3
 * does not have the expected content").
 */
export async function mismatchedStates(
  { backends }: EnvironmentConfig,
  clients: StateClients,
): Promise<Layer[]> {
  const checked = await Promise.all(
    layers.map(async (layer) => {
      const backend = backends[layer];
      const [text, digest] = await Promise.all([stateText(backend, clients), readDigest(backend, clients)]);
      const found = text === undefined ? undefined : digestOf(text);
      return found === digest ? [] : [layer];
    }),
  );
  return checked.flat();
}
