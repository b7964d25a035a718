import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import * as z from "zod";
import { localClientConfig } from "../../scripts/local/aws-clients";
import type { LocalTarget } from "../../scripts/local/child-environment";
import type { Credentials } from "./replay";

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statement = z.looseObject({
  Sid: z.string(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: texts,
  Resource: texts,
});
export type RoleStatement = z.output<typeof statement>;
const document = z.object({ Statement: z.array(statement) });
const read = (text: string | undefined) =>
  document.parse(JSON.parse(decodeURIComponent(text ?? "{}"))).Statement;

/** Every statement of every policy that a role has, in the account. */
export async function statementsOfRole(iam: IAMClient, RoleName: string): Promise<RoleStatement[]> {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  const inline = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    return read(PolicyDocument);
  });
  const managed = AttachedPolicies.map(async ({ PolicyArn }) => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = Policy?.DefaultVersionId;
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return read(PolicyVersion?.Document);
  });
  return (await Promise.all([...inline, ...managed])).flat();
}

/** A role of the test's own, that has the statements it is given. */
export class ProbeRole {
  private static readonly roleName = "probe";
  private static readonly policyName = "statements";

  private constructor(
    private readonly iam: IAMClient,
    readonly credentials: Credentials,
  ) {}

  static async make(iam: IAMClient, target: LocalTarget): Promise<ProbeRole> {
    const Principal = { AWS: `arn:aws:iam::${target.accountId}:root` };
    const trust = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
    };
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: ProbeRole.roleName,
        AssumeRolePolicyDocument: JSON.stringify(trust),
      }),
    );
    const { Credentials } = await new STSClient(localClientConfig(target)).send(
      new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "probe" }),
    );
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
    return new ProbeRole(iam, {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    });
  }

  async give(statements: readonly RoleStatement[]): Promise<void> {
    await this.iam.send(
      new PutRolePolicyCommand({
        RoleName: ProbeRole.roleName,
        PolicyName: ProbeRole.policyName,
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
      }),
    );
  }

  async remove(): Promise<void> {
    const RoleName = ProbeRole.roleName;
    await this.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: ProbeRole.policyName }));
    await this.iam.send(new DeleteRoleCommand({ RoleName }));
  }
}
