import type { Synthesized } from "../testing/environments";
import type { Attributes } from "../testing/synthesize";
import { layers, type Layer } from "../shared/layers";
import { namePrefix } from "../shared/naming";

export interface Resource {
  readonly layer: Layer;
  readonly type: string;
  /** The id of its construct, unique in the environment: `infra-task-queue_tasks_27B7D530`. */
  readonly id: string;
  /** The layer and Terraform's address, for messages. */
  readonly address: string;
  readonly attributes: Attributes;
}

/**
 * The resources of all three layers. References to outputs of another layer are replaced by the published value or
 * resource reference; account, region and partition are those of tfvars.
 */
export class ResolvedEnvironment {
  readonly resources: readonly Resource[];
  /** The name prefix of the environment, `orders-prod`. */
  readonly prefix: string;

  constructor(readonly synthesized: Synthesized) {
    this.prefix = namePrefix(synthesized.config);
    this.resources = layers.flatMap((layer) =>
      Object.entries(synthesized[layer].json.resource).flatMap(([type, resources]) =>
        Object.entries(resources).map(([id, attributes]) => ({
          layer,
          type,
          id: `${layer}-${id}`,
          address: `${layer} ${type}.${id}`,
          attributes: this.resolveAll(layer, attributes),
        })),
      ),
    );
  }

  all(...types: readonly string[]): Resource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** The resource of the first reference in a string, `${aws_sqs_queue.infra-tasks.arn}`, if it has the type. */
  referred(value: unknown, type: string): Resource | undefined {
    const [found] = typeof value === "string" ? references(value) : [];
    return this.resources.find(
      (resource) => resource.type === type && found === `${resource.type}.${resource.id}`,
    );
  }

  private resolveAll(layer: Layer, attributes: Attributes): Attributes {
    return Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, this.resolve(layer, value)]),
    );
  }

  private resolve(layer: Layer, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(layer, item));
    if (typeof value === "object" && value !== null) return this.resolveAll(layer, { ...value });
    if (typeof value !== "string") return value;
    const whole = new RegExp(`^${stateReference.source}$`).exec(value);
    if (whole !== null) return this.published(whole);
    return value
      .replace(new RegExp(stateReference, "g"), (...found: string[]) => String(this.published(found)))
      .replace(contextReference, (reference, source: string) => this.awsContext(source) ?? reference)
      .replace(resourceReference, (reference, type: string, id: string) =>
        id in (this.synthesized[layer].json.resource[type] ?? {}) ? `${type}.${layer}-${id}` : reference,
      );
  }

  /** The output of a lower layer, with its own references resolved. */
  private published([reference, from, name = "", key]: readonly (string | undefined)[]): unknown {
    const layer = layers.find((layer) => layer === from);
    if (layer === undefined) return reference;
    const { value } = this.synthesized[layer].json.output[name] ?? {};
    const resolved = this.resolve(layer, value);
    return key === undefined ? resolved : new Map(Object.entries(resolved ?? {})).get(key);
  }

  private awsContext(source: string): string | undefined {
    const { region, allowed_account_ids } = this.synthesized.config.core;
    const values = {
      aws_partition: "aws",
      aws_region: region,
      aws_caller_identity: allowed_account_ids[0],
    };
    return new Map(Object.entries(values)).get(source);
  }
}

const stateReference = /\$\{data\.terraform_remote_state\.(\w+)\.outputs\.(\w+)(?:\.([\w-]+))?\}/;
const contextReference = /\$\{data\.(\w+)\.[\w-]+\.(?:partition|name|account_id)\}/g;
const resourceReference = /\b(aws_\w+)\.([\w-]+)/g;

/** The addresses that a string refers to, `aws_sqs_queue.infra-tasks`. */
export const references = (value: string): string[] =>
  [...value.matchAll(/\$\{(aws_\w+\.[\w-]+)/g)].map(([, address = ""]) => address);
