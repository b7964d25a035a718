import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { BucketName } from "../../../service";
import { resourceVariable, resourceVariables } from "../../runtime/resource-variables";
import { clientSettings } from "../clients";

export interface Bucket {
  /** Replaces the object if it exists. It needs `s3:PutObject`. */
  readonly put: (key: string, body: string | Uint8Array, contentType: string) => Promise<void>;
  /** The object; undefined if there is none. It needs `s3:GetObject` and, for the latter, `s3:ListBucket`. */
  readonly get: (key: string) => Promise<Uint8Array | undefined>;
  /** Deletes the object if it exists. It needs `s3:DeleteObject`. */
  readonly delete: (key: string) => Promise<void>;
}

let shared: S3Client | undefined;

/** A bucket of functions/service.ts. */
export function bucket(
  name: BucketName,
  client: () => S3Client = () => (shared ??= new S3Client(clientSettings)),
): Bucket {
  const at = (Key: string) => ({ Bucket: resourceVariable(resourceVariables.bucket(name)), Key });
  return {
    put: async (key, Body, ContentType) => {
      await client().send(new PutObjectCommand({ ...at(key), Body, ContentType }));
    },
    get: async (key) => {
      try {
        return await (await client().send(new GetObjectCommand(at(key)))).Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    delete: async (key) => {
      await client().send(new DeleteObjectCommand(at(key)));
    },
  };
}
