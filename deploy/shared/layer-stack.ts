import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { Alarms } from "./alarms";
import type { Layer } from "./layers";
import { edgeRegion } from "./edge-region";
import { naming, stackId, type NamedEnvironment, type Naming } from "./naming";
import { configureBackend, type StateLocation } from "./state-backend";

/** The oldest Terraform whose S3 backend supports a lockfile. */
const terraformVersion = ">= 1.11";

/** What every layer needs to know of its environment. */
export interface LayerEnvironment extends NamedEnvironment {
  readonly core: NamedEnvironment["core"] & {
    readonly region: string;
    readonly allowed_account_ids: readonly string[];
    readonly github?: { readonly owner: string; readonly repository: string };
  };
  readonly backends: Readonly<Record<Layer, StateLocation>>;
  /** In the second region: the first region. */
  readonly standbyOf?: string;
}

/** One layer of one environment: its state, its provider, and the names and tags of its resources. */
export abstract class LayerStack extends TerraformStack {
  protected readonly nameOf: Naming;

  constructor(
    scope: Construct,
    private readonly layer: Layer,
    private readonly environment: LayerEnvironment,
  ) {
    const { name, core, standbyOf } = environment;
    super(scope, stackId(layer, name, standbyOf === undefined ? undefined : core.region));
    this.nameOf = naming(environment);
    this.addOverride("terraform.required_version", terraformVersion);
    configureBackend(this, environment.backends[layer]);
  }

  /** The alarms of the layer's resources, which link their runbooks in the repository. */
  protected alarms(topicArn: string | undefined, region: string, provider?: AwsProvider): Alarms {
    const { github } = this.environment.core;
    const repository = github && `https://github.com/${github.owner}/${github.repository}/blob/main/`;
    return new Alarms({ topicArn, region, provider, runbooks: `${repository ?? ""}docs/operations/alarms/` });
  }

  /**
   * Configures the AWS provider for the environment's region. Terraform fails in accounts that tfvars do not allow.
   * @param tags tags of every resource, to which the layer's name is added
   */
  protected configureProvider(tags: Record<string, string>): void {
    this.provider("aws", this.environment.core.region, tags);
  }

  /** Adds a provider for resources that are in another region, whatever the environment's is. */
  protected providerOf(region: string, tags: Record<string, string>): AwsProvider {
    return this.provider(region, region, tags, region);
  }

  /**
   * The provider of CloudFront's region. A stack has it with a domain already: when the edge is removed, Terraform needs
   * it to destroy what is there.
   */
  protected edgeProvider(tags: Record<string, string>): AwsProvider {
    return this.providerOf(edgeRegion, tags);
  }

  private provider(id: string, region: string, tags: Record<string, string>, alias?: string): AwsProvider {
    const { allowed_account_ids } = this.environment.core;
    return new AwsProvider(this, id, {
      region,
      ...(alias !== undefined && { alias }),
      allowedAccountIds: [...allowed_account_ids],
      // tfvars are checked against a newer list of regions than the provider has.
      skipRegionValidation: true,
      defaultTags: [{ tags: Token.asStringMap(Fn.merge([tags, { Layer: this.layer }])) }],
    });
  }
}
