import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Annotations, TerraformResource, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import * as z from "zod";
import { policyDocument, statementSchema } from "../shared/policy-document";
import { adaptForEmulator, type Removal } from "./adapt-policy";
import { adaptDatabase } from "./adapt-database";
import { adaptEdge } from "./adapt-edge";
import type { Emulator } from "./endpoint";
import { localStoreVariables } from "./local-store";

/** What was removed from the policy of one resource. */
export interface ReportedRemoval extends Removal {
  /** The construct's path, `app-dev/api/role-policy`. */
  readonly resource: string;
}

/**
 * Adapts the provider and the policies of a stack to the emulator. Each removed condition or statement is in `removed`,
 * and an information message on its resource, which `cdktf synth` prints.
 */
export class EmulatorAspect implements IAspect {
  readonly removed: ReportedRemoval[] = [];

  constructor(private readonly emulator: Emulator) {}

  visit(node: IConstruct): void {
    if (node instanceof AwsProvider) {
      node.s3UsePathStyle = true;
      node.skipMetadataApiCheck = "true";
    }
    adaptEdge(node, this.emulator);
    adaptDatabase(node, process.env[localStoreVariables.address]);
    if (hasPolicy(node)) {
      const adapted = this.adapt(node, node.policyInput);
      if (adapted !== undefined) node.policy = adapted;
      else if (node.resetPolicy !== undefined) node.resetPolicy();
      // A resource that is nothing but a policy, such as that of a bucket.
      else node.node.scope?.node.tryRemoveChild(node.node.id);
    }
    if (hasTrustPolicy(node)) {
      node.assumeRolePolicy = this.adapt(node, node.assumeRolePolicyInput) ?? node.assumeRolePolicyInput;
    }
  }

  /** @returns the policy for the emulator; undefined when no statement is left */
  private adapt(resource: TerraformResource, policy: string): string | undefined {
    const { Statement } = policySchema.parse(JSON.parse(policy));
    const { statements, removed } = adaptForEmulator(Statement, this.emulator);
    for (const removal of removed) this.report(resource, removal);
    return statements.length === 0 ? undefined : policyDocument(statements);
  }

  private report(resource: TerraformResource, { statement, key }: Removal): void {
    this.removed.push({ resource: resource.node.path, statement, ...(key !== undefined && { key }) });
    const what = key === undefined ? `statement ${statement}` : `condition ${key} of statement ${statement}`;
    Annotations.of(resource).addInfo(`The emulator does not enforce the ${what}: it is removed.`);
  }
}

type WithPolicy = TerraformResource & { policy: string; readonly policyInput: string; resetPolicy?(): void };
type WithTrustPolicy = TerraformResource & {
  assumeRolePolicy: string;
  readonly assumeRolePolicyInput: string;
};

const hasPolicy = (node: IConstruct): node is WithPolicy =>
  node instanceof TerraformResource && "policyInput" in node && node.policyInput !== undefined;

const hasTrustPolicy = (node: IConstruct): node is WithTrustPolicy =>
  node instanceof TerraformResource && "assumeRolePolicyInput" in node;

const policySchema = z.object({ Statement: z.array(statementSchema) });
