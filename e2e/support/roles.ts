import { GetRolePolicyCommand, PutRolePolicyCommand, type IAMClient } from "@aws-sdk/client-iam";
import * as z from "zod";

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
