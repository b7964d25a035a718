import { GetRolePolicyCommand, PutRolePolicyCommand, type IAMClient } from "@aws-sdk/client-iam";
import * as z from "zod";

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statement = z.looseObject({ Sid: z.string(), Action: texts, Resource: texts });
const document = z.looseObject({ Statement: z.array(statement) });
export type InlineStatement = z.output<typeof statement>;

/** The role's own policy; the shared ones are attached to it. */
const PolicyName = "function";

/** The statements of a function's own policy. */
export async function ownStatements(iam: IAMClient, RoleName: string): Promise<InlineStatement[]> {
  const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  return document.parse(JSON.parse(decodeURIComponent(PolicyDocument))).Statement;
}

/** Changes what a function's role allows while work is done, and puts it back. */
export async function withStatements<T>(
  iam: IAMClient,
  RoleName: string,
  change: (statements: InlineStatement[]) => InlineStatement[],
  work: () => Promise<T>,
): Promise<T> {
  const original = await ownStatements(iam, RoleName);
  const put = (Statement: readonly InlineStatement[]) =>
    iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName,
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
      }),
    );
  await put(change(original));
  try {
    return await work();
  } finally {
    await put(original);
  }
}

/** Takes one statement out of a function's role while work is done, and puts it back. */
export const withoutStatement = <T>(
  iam: IAMClient,
  roleName: string,
  sid: string,
  work: () => Promise<T>,
): Promise<T> =>
  withStatements(
    iam,
    roleName,
    (statements) => {
      const kept = statements.filter(({ Sid }) => Sid !== sid);
      if (kept.length === statements.length) throw new Error(`${roleName} has no statement ${sid}`);
      return kept;
    },
    work,
  );
