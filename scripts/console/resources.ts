import { layers, type Layer } from "../../deploy/shared/layers";
import { naming } from "../../deploy/shared/naming";
import { ConsoleError } from "../../packages/console/src/errors";
import type { ResourceView } from "../../packages/console/src/model";
import { readVersion } from "../../packages/terraform-backend/src/state-versions";
import * as z from "zod";
import type { EnvironmentAccount } from "../bootstrap/environment-account";

/** States change at deployments only. */
const keptMilliseconds = 30_000;

const attributes = z.record(z.string(), z.unknown());
const state = z.object({
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      module: z.string().optional(),
      instances: z.array(
        z.looseObject({
          attributes: attributes.default({}),
          sensitive_attributes: z.array(z.array(z.looseObject({ value: z.unknown() }))).default([]),
        }),
      ),
    }),
  ),
});

/** The applied resources of an environment, as its Terraform states have them. */
export class AppliedResources {
  private read: { readonly at: number; readonly resources: Promise<ResourceView[]> } | undefined;

  constructor(private readonly account: EnvironmentAccount) {}

  list(): Promise<ResourceView[]> {
    if (this.read === undefined || Date.now() - this.read.at > keptMilliseconds)
      this.read = { at: Date.now(), resources: this.readAll() };
    return this.read.resources;
  }

  /** @throws {ConsoleError} when no state has it */
  async get(address: string): Promise<ResourceView> {
    const found = (await this.list()).find((each) => each.address === address);
    if (found !== undefined) return found;
    throw new ConsoleError(404, {
      ...{ code: "resource-not-found", message: `No state has the resource ${address}.` },
      ...{ expected: "an applied resource", next: "reload the page" },
    });
  }

  private async readAll(): Promise<ResourceView[]> {
    return (await Promise.all(layers.map((layer) => this.ofLayer(layer)))).flat();
  }

  private async ofLayer(layer: Layer): Promise<ResourceView[]> {
    const { clients, config } = this.account;
    const found = await readVersion(clients.s3, config.backends[layer]);
    if (found === undefined) return [];
    return state
      .parse(JSON.parse(found.text))
      .resources.filter(({ mode }) => mode === "managed")
      .map(({ type, name, instances: [instance] }) => ({
        ...{ address: `${type}.${name}`, layer },
        attributes: withoutSecrets(type, instance?.attributes ?? {}, instance?.sensitive_attributes ?? []),
      }));
  }
}

/** Attributes that Terraform marks, and values of secrets, are left out. */
function withoutSecrets(
  type: string,
  given: Readonly<Record<string, unknown>>,
  sensitive: readonly (readonly { readonly value?: unknown }[])[],
): Record<string, unknown> {
  const hidden = new Set(sensitive.map(([first]) => String(first?.value)));
  return Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) =>
        !hidden.has(name) &&
        !/secret_string|secret_binary|password/.test(name) &&
        !isEmpty(value) &&
        type !== "",
    ),
  );
}

const isEmpty = (value: unknown) =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** What a node of diagrams/runtime.dot draws. */
interface DrawnNode {
  readonly title: string;
  /** Whether a resource belongs to it. */
  readonly draws: (resource: ResourceView) => boolean;
  /** Paths in the repository. */
  readonly sources: readonly string[];
  readonly function?: string;
}

const startsWith =
  (...types: readonly string[]) =>
  (resource: ResourceView) =>
    types.some((type) => resource.address.startsWith(type));
const named =
  (names: readonly string[], ...types: readonly string[]) =>
  (resource: ResourceView) =>
    startsWith(...types)(resource) &&
    [resource.attributes.name, resource.attributes.function_name].some((name) =>
      names.some((each) => typeof name === "string" && (name === each || name.endsWith(`:${each}`))),
    );

/** The nodes of the drawing, by their names in it. */
export function drawnNodes({
  config,
}: Pick<EnvironmentAccount, "config">): Readonly<Record<string, DrawnNode>> {
  const nameOf = naming(config);
  const lambda = (name: string): DrawnNode => ({
    title: `Lambda ${name}`,
    draws: named([nameOf(name)], "aws_lambda_"),
    sources: [`functions/${name}/index.ts`, `deploy/30_app/functions/${name}.ts`],
    function: name,
  });
  const queue = (name: string, source: string): DrawnNode => ({
    title: `SQS ${name}`,
    draws: named([nameOf(name)], "aws_sqs_queue."),
    sources: [source],
  });
  return {
    http: {
      title: "API Gateway",
      draws: startsWith("aws_apigatewayv2_"),
      sources: ["deploy/20_infra/http-api.ts", "functions/api/routes/index.ts"],
    },
    rules: {
      title: "EventBridge rules",
      draws: startsWith("aws_cloudwatch_event_"),
      sources: ["deploy/20_infra/schedule-rules.ts", "deploy/20_infra/schedules.ts"],
    },
    api: lambda("api"),
    worker: lambda("worker"),
    producer: lambda("producer"),
    tasks: queue("tasks", "deploy/20_infra/work-queue.ts"),
    "tasks-dlq": queue("tasks-dlq", "deploy/20_infra/work-queue.ts"),
    "events-dlq": queue("events-dlq", "deploy/20_infra/event-dead-letter-queue.ts"),
    table: {
      title: "DynamoDB tasks",
      draws: startsWith("aws_dynamodb_table."),
      sources: ["functions/shared/aws/dynamodb/table-schema.ts", "deploy/20_infra/task-table.ts"],
    },
    secrets: {
      title: "Secrets Manager",
      draws: startsWith("aws_secretsmanager_"),
      sources: ["deploy/20_infra/task-secrets.ts", "functions/shared/aws/secrets/secrets.ts"],
    },
  };
}
