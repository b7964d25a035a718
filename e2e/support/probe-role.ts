import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { localClientConfig } from "../../packages/local-cloud/src/aws-clients";
import type { LocalTarget } from "../../packages/local-cloud/src/child-environment";
import { assumed, type TemporaryCredentials } from "./credentials";

/** An IAM role of a test, whose policy the test sets. */
export class ProbeRole {
  private static readonly policyName = "statements";

  private constructor(
    private readonly iam: IAMClient,
    private readonly roleName: string,
    /** Assumes the role in a session of that name. */
    readonly session: (name: string) => Promise<TemporaryCredentials>,
    readonly credentials: TemporaryCredentials,
  ) {}

  static async create(iam: IAMClient, target: LocalTarget, RoleName = "probe"): Promise<ProbeRole> {
    const Principal = { AWS: `arn:aws:iam::${target.accountId}:root` };
    const trust = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
    };
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify(trust),
      }),
    );
    const sts = new STSClient(localClientConfig(target));
    const session = async (RoleSessionName: string) =>
      assumed(await sts.send(new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName })));
    return new ProbeRole(iam, RoleName, session, await session("probe"));
  }

  /** Replaces the statements of the role's policy. */
  async setStatements(statements: readonly object[]): Promise<void> {
    await this.iam.send(
      new PutRolePolicyCommand({
        RoleName: this.roleName,
        PolicyName: ProbeRole.policyName,
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
      }),
    );
  }

  /** Runs work, and removes the role. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      await this.remove();
    }
  }

  async remove(): Promise<void> {
    const RoleName = this.roleName;
    await this.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: ProbeRole.policyName }));
    await this.iam.send(new DeleteRoleCommand({ RoleName }));
  }
}
