import type { Synthesized } from "../testing/environments";
import type { Attributes } from "../testing/synthesize";
import { layers, type Layer } from "../shared/layers";
import { namePrefix } from "../shared/naming";

export interface Resource {
  readonly layer: Layer;
  readonly type: string;
  /** The id of its construct, unique in the environment: `infra-task-queue_tasks_27B7D530`. */
  readonly id: string;
  /** For people: the layer and Terraform's address. */
  readonly address: string;
  readonly attributes: Attributes;
}

/**
 * The resources of the three layers as one: what a layer reads from another's state stands in it as the value, or as
 * the reference to the resource, that the other publishes; account, region and partition are those of tfvars.
 */
export class ResolvedEnvironment {
  readonly resources: readonly Resource[];
  /** What the names of the environment begin with, `tasks-prod`. */
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

  /** The resource that a text refers to first, `${aws_sqs_queue.infra-tasks.arn}`, if it is of such a type. */
  referred(text: unknown, type: string): Resource | undefined {
    const [found] = typeof text === "string" ? references(text) : [];
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
      .replace(placeReference, (text, source: string) => this.place(source) ?? text)
      .replace(resourceReference, (text, type: string, id: string) =>
        id in (this.synthesized[layer].json.resource[type] ?? {}) ? `${type}.${layer}-${id}` : text,
      );
  }

  /** The output of a lower layer, resolved as far as it can be. */
  private published([text, from, name = "", key]: readonly (string | undefined)[]): unknown {
    const layer = layers.find((layer) => layer === from);
    if (layer === undefined) return text;
    const { value } = this.synthesized[layer].json.output[name] ?? {};
    const resolved = this.resolve(layer, value);
    return key === undefined ? resolved : new Map(Object.entries(resolved ?? {})).get(key);
  }

  private place(source: string): string | undefined {
    const { region, allowed_account_ids } = this.synthesized.config.core;
    const places = {
      aws_partition: "aws",
      aws_region: region,
      aws_caller_identity: allowed_account_ids[0],
    };
    return new Map(Object.entries(places)).get(source);
  }
}

const stateReference = /\$\{data\.terraform_remote_state\.(\w+)\.outputs\.(\w+)(?:\.([\w-]+))?\}/;
const placeReference = /\$\{data\.(\w+)\.[\w-]+\.(?:partition|name|account_id)\}/g;
const resourceReference = /\b(aws_\w+)\.([\w-]+)/g;

/** The addresses that a text refers to, `aws_sqs_queue.infra-tasks`. */
export const references = (text: string): string[] =>
  [...text.matchAll(/\$\{(aws_\w+\.[\w-]+)/g)].map(([, address = ""]) => address);
