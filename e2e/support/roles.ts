import { GetRolePolicyCommand, PutRolePolicyCommand, type IAMClient } from "@aws-sdk/client-iam";
import * as z from "zod";

const strings = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statement = z.looseObject({ Sid: z.string(), Action: strings, Resource: strings });
const document = z.looseObject({ Statement: z.array(statement) });
export type InlineStatement = z.output<typeof statement>;

/** Name of the inline policy; the shared policies are attached. */
const PolicyName = "function";

/** The statements of the inline policy of a function's role. */
export async function inlineStatements(iam: IAMClient, RoleName: string): Promise<InlineStatement[]> {
  const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  return document.parse(JSON.parse(decodeURIComponent(PolicyDocument))).Statement;
}

/** The statements without an action on a resource of one of them. */
export const withoutPermission = (
  statements: readonly InlineStatement[],
  sid: string,
  action: string,
  resource: string,
): InlineStatement[] =>
  statements.flatMap((statement) => {
    if (statement.Sid !== sid) return [statement];
    const others = statement.Action.filter((each) => each !== action);
    const otherResources = statement.Resource.filter((each) => each !== resource);
    return [
      ...(others.length > 0 ? [{ ...statement, Action: others }] : []),
      ...(otherResources.length > 0
        ? [{ ...statement, Sid: `${sid}OtherResources`, Action: [action], Resource: otherResources }]
        : []),
    ];
  });

/** Runs work with changed statements in the inline policy of a function's role, and restores them. */
export async function withStatements<T>(
  iam: IAMClient,
  RoleName: string,
  change: (statements: InlineStatement[]) => InlineStatement[],
  work: () => Promise<T>,
): Promise<T> {
  const original = await inlineStatements(iam, RoleName);
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

/** Runs work without one statement of a function's role, and restores it. */
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
