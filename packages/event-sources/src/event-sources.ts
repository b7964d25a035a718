import {
  DisableRuleCommand,
  EnableRuleCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  TagResourceCommand as TagRuleCommand,
  UntagResourceCommand as UntagRuleCommand,
  type EventBridgeClient,
  type Rule,
} from "@aws-sdk/client-eventbridge";
import {
  ListTagsCommand,
  paginateListEventSourceMappings,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventSourceMappingCommand,
  type EventSourceMappingConfiguration,
  type LambdaClient,
} from "@aws-sdk/client-lambda";

/** The tag of a paused resource: the time and the reason. */
export const pausedTag = "paused";

export interface EventSource {
  readonly kind: "mapping" | "rule";
  /** The function of a mapping, or the rule. */
  readonly name: string;
  readonly enabled: boolean;
  readonly paused?: { readonly at: string; readonly reason: string };
}

/** A mapping or a rule, with its changes. */
interface Source extends EventSource {
  readonly enable: () => Promise<unknown>;
  readonly disable: () => Promise<unknown>;
  readonly tag: (value: string) => Promise<unknown>;
  readonly untag: () => Promise<unknown>;
}

export interface EventSourcesProps {
  readonly lambda: LambdaClient;
  readonly events: EventBridgeClient;
  /** The queues of the event source mappings. */
  readonly eventSourceArns: readonly string[];
  readonly rulePrefix: string;
}

/** The event source mappings of queues, and the rules of a prefix. */
export class EventSources {
  constructor(private readonly props: EventSourcesProps) {}

  async list(): Promise<EventSource[]> {
    return (await this.sources()).map(withoutChanges);
  }

  /** Disables what is enabled, and sets the reason of what is paused. @returns what is paused */
  async pause(reason: string, now = new Date()): Promise<EventSource[]> {
    const paused = (await this.sources()).filter(({ enabled, paused }) => enabled || paused !== undefined);
    const at = now.toISOString();
    for (const { tag, disable, enabled } of paused) {
      // The tag first: a disabled source without it would not be resumed.
      await tag(`${at} ${reason}`);
      if (enabled) await disable();
    }
    return paused.map((source) => ({ ...withoutChanges(source), enabled: false, paused: { at, reason } }));
  }

  /** Enables what was paused. @returns what is resumed */
  async resume(): Promise<EventSource[]> {
    const paused = (await this.sources()).filter(({ paused }) => paused !== undefined);
    for (const { enable, untag } of paused) {
      await enable();
      await untag();
    }
    return paused.map(({ kind, name }) => ({ kind, name, enabled: true }));
  }

  /** Enables what is disabled, paused or not, except for what a condition excludes. @returns what is started */
  async start(isWanted: (source: EventSource) => boolean): Promise<EventSource[]> {
    const started = (await this.sources()).filter(
      (source) => (!source.enabled || source.paused !== undefined) && isWanted(source),
    );
    for (const { enable, untag, paused } of started) {
      await enable();
      if (paused !== undefined) await untag();
    }
    return started.map(({ kind, name }) => ({ kind, name, enabled: true }));
  }

  private async sources(): Promise<Source[]> {
    return [...(await this.mappings()), ...(await this.rules())];
  }

  private async mappings(): Promise<Source[]> {
    const { lambda, eventSourceArns } = this.props;
    const mappings: EventSourceMappingConfiguration[] = [];
    for (const EventSourceArn of eventSourceArns)
      for await (const page of paginateListEventSourceMappings({ client: lambda }, { EventSourceArn }))
        mappings.push(...(page.EventSourceMappings ?? []));
    return Promise.all(mappings.map((mapping) => this.mapping(mapping)));
  }

  private async mapping(mapping: EventSourceMappingConfiguration): Promise<Source> {
    const { lambda } = this.props;
    const { UUID, FunctionArn = "", State = "", EventSourceMappingArn: Resource = arnOf(mapping) } = mapping;
    const { Tags = {} } = await lambda.send(new ListTagsCommand({ Resource }));
    const update = (Enabled: boolean) => lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    return {
      kind: "mapping",
      name: FunctionArn.split(":")[6] ?? FunctionArn,
      // Creating, Enabling and Updating end enabled, or as they were.
      enabled: !["Disabled", "Disabling"].includes(State),
      ...pausedOf(Tags[pausedTag]),
      enable: () => update(true),
      disable: () => update(false),
      tag: (value) => lambda.send(new TagResourceCommand({ Resource, Tags: { [pausedTag]: value } })),
      untag: () => lambda.send(new UntagResourceCommand({ Resource, TagKeys: [pausedTag] })),
    };
  }

  private async rules(): Promise<Source[]> {
    const rules: Rule[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.props.events.send(
        new ListRulesCommand({ NamePrefix: this.props.rulePrefix, NextToken }),
      );
      rules.push(...(page.Rules ?? []));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    return Promise.all(rules.map((rule) => this.rule(rule)));
  }

  private async rule({ Name = "", Arn: ResourceARN, State }: Rule): Promise<Source> {
    const { events } = this.props;
    const { Tags = [] } = await events.send(new ListTagsForResourceCommand({ ResourceARN }));
    return {
      kind: "rule",
      name: Name,
      enabled: State !== "DISABLED",
      ...pausedOf(Tags.find(({ Key }) => Key === pausedTag)?.Value),
      enable: () => events.send(new EnableRuleCommand({ Name })),
      disable: () => events.send(new DisableRuleCommand({ Name })),
      tag: (Value) => events.send(new TagRuleCommand({ ResourceARN, Tags: [{ Key: pausedTag, Value }] })),
      untag: () => events.send(new UntagRuleCommand({ ResourceARN, TagKeys: [pausedTag] })),
    };
  }
}

/** `arn:aws:lambda:<region>:<account>:event-source-mapping:<uuid>` */
const arnOf = ({ FunctionArn = "", UUID = "" }: EventSourceMappingConfiguration) =>
  [...FunctionArn.split(":").slice(0, 5), "event-source-mapping", UUID].join(":");

const withoutChanges = ({ kind, name, enabled, paused }: Source): EventSource => ({
  ...{ kind, name, enabled },
  ...(paused !== undefined && { paused }),
});

function pausedOf(tag: string | undefined): Pick<EventSource, "paused"> {
  if (tag === undefined) return {};
  const [at = "", ...reason] = tag.split(" ");
  return { paused: { at, reason: reason.join(" ") } };
}
