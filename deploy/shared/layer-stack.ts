import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { emulator } from "../emulator/endpoint";
import type { Layer } from "./layers";
import type { EnvironmentConfig } from "../config/environment-config";
import { naming, stackId, type Naming } from "./naming";
import { keepState } from "./state-backend";

/** The oldest Terraform whose S3 backend can keep a lockfile beside the state. */
const terraformVersion = ">= 1.11";

/** One layer in one environment: its state, its provider, and the names and tags all of its resources carry. */
export abstract class LayerStack extends TerraformStack {
  protected readonly nameOf: Naming;

  constructor(
    scope: Construct,
    readonly layer: Layer,
    readonly config: EnvironmentConfig,
  ) {
    super(scope, stackId(layer, config.name));
    this.nameOf = naming(config);
    this.addOverride("terraform.required_version", terraformVersion);
    keepState(this, config.backends[layer]);
  }

  /**
   * Points the stack at its account: every other one is refused before anything is planned.
   * @param tags what every resource carries beside the layer's name
   */
  protected connect(tags: Record<string, string>): void {
    const { region, allowed_account_ids } = this.config.core;
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: [...allowed_account_ids],
      // tfvars name a region of a newer list than the provider has.
      skipRegionValidation: true,
      defaultTags: [{ tags: Token.asStringMap(Fn.merge([tags, { Layer: this.layer }])) }],
      ...(emulator() && { s3UsePathStyle: true, skipMetadataApiCheck: "true" }),
    });
  }
}
