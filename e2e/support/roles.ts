import {
  CreateRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import * as z from "zod";
import { localClientConfig } from "../../scripts/local/aws-clients";
import type { LocalTarget } from "../../scripts/local/child-environment";

const document = z.looseObject({ Statement: z.array(z.looseObject({ Sid: z.string() })) });

/** Takes one statement out of a function's role while work is done, and puts it back. */
export async function withoutStatement<T>(
  iam: IAMClient,
  RoleName: string,
  sid: string,
  work: () => Promise<T>,
): Promise<T> {
  const PolicyName = "function";
  const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  const original = decodeURIComponent(PolicyDocument);
  const policy = document.parse(JSON.parse(original));
  const Statement = policy.Statement.filter(({ Sid }) => Sid !== sid);
  if (Statement.length === policy.Statement.length) throw new Error(`${RoleName} has no statement ${sid}`);
  const put = (text: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: text }));
  await put(JSON.stringify({ ...policy, Statement }));
  try {
    return await work();
  } finally {
    await put(original);
  }
}

const credentials = z.object({
  AccessKeyId: z.string(),
  SecretAccessKey: z.string(),
  SessionToken: z.string(),
});

/**
 * Makes a role of the account that may do anything in S3, and becomes it.
 * @returns a configuration for clients
 */
export async function assumedRole(iam: IAMClient, target: LocalTarget, RoleName: string) {
  const statement = (to: object) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...to }] });
  const RoleArn = `arn:aws:iam::${target.accountId}:role/${RoleName}`;
  const trust = { Principal: { AWS: `arn:aws:iam::${target.accountId}:root` }, Action: "sts:AssumeRole" };
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: statement(trust) }));
  const PolicyDocument = statement({ Action: "s3:*", Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "s3", PolicyDocument }));
  const config = localClientConfig(target);
  const assumed = await new STSClient(config).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: "test" }),
  );
  const session = credentials.parse(assumed.Credentials);
  return {
    ...config,
    credentials: {
      accessKeyId: session.AccessKeyId,
      secretAccessKey: session.SecretAccessKey,
      sessionToken: session.SessionToken,
    },
  };
}
