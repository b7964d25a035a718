import type { Credentials } from "@aws-sdk/client-sts";

export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The credentials of an assumed role, from the response of STS. */
export const assumed = ({ Credentials: of }: { readonly Credentials?: Credentials | undefined }) => ({
  accessKeyId: of?.AccessKeyId ?? "",
  secretAccessKey: of?.SecretAccessKey ?? "",
  sessionToken: of?.SessionToken ?? "",
});

/** Environment variables of a command that uses the credentials. */
export const credentialVariables = (credentials: TemporaryCredentials) => ({
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: credentials.sessionToken,
});
