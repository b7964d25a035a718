import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import type { Layer } from "./layers";
import { naming, stackId, type NamedEnvironment, type Naming } from "./naming";
import { configureBackend, type StateLocation } from "./state-backend";

/** The oldest Terraform whose S3 backend supports a lockfile. */
const terraformVersion = ">= 1.11";

/** What every layer needs to know of its environment. */
export interface LayerEnvironment extends NamedEnvironment {
  readonly core: NamedEnvironment["core"] & {
    readonly region: string;
    readonly allowed_account_ids: readonly string[];
  };
  readonly backends: Readonly<Record<Layer, StateLocation>>;
}

/** One layer of one environment: its state, its provider, and the names and tags of its resources. */
export abstract class LayerStack extends TerraformStack {
  protected readonly nameOf: Naming;

  constructor(
    scope: Construct,
    private readonly layer: Layer,
    private readonly environment: LayerEnvironment,
  ) {
    super(scope, stackId(layer, environment.name));
    this.nameOf = naming(environment);
    this.addOverride("terraform.required_version", terraformVersion);
    configureBackend(this, environment.backends[layer]);
  }

  /**
   * Configures the AWS provider for the environment's region. Terraform fails in accounts that tfvars do not allow.
   * @param tags tags of every resource, to which the layer's name is added
   */
  protected configureProvider(tags: Record<string, string>): void {
    const { region, allowed_account_ids } = this.environment.core;
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: [...allowed_account_ids],
      // tfvars are checked against a newer list of regions than the provider has.
      skipRegionValidation: true,
      defaultTags: [{ tags: Token.asStringMap(Fn.merge([tags, { Layer: this.layer }])) }],
    });
  }
}
