import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { identityStatements, type IdentityStatement } from "../../../packages/iam-policy/src/statement";

const parse = (encoded: string | undefined) => identityStatements(decodeURIComponent(encoded ?? "{}"));

/** All statements of the inline and attached policies of a role, read from the account. */
export async function statementsOfRole(iam: IAMClient, RoleName: string): Promise<IdentityStatement[]> {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  const inline = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    return parse(PolicyDocument);
  });
  const managed = AttachedPolicies.map(async ({ PolicyArn }) => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = Policy?.DefaultVersionId;
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return parse(PolicyVersion?.Document);
  });
  return (await Promise.all([...inline, ...managed])).flat();
}
