import * as z from "zod";
import { SchemaChanges, type Direction } from "./schema-changes";

const media = z.record(z.string(), z.looseObject({ schema: z.unknown() }));
const parameter = z.looseObject({
  in: z.string(),
  name: z.string(),
  required: z.boolean().default(false),
  schema: z.unknown(),
});
const operation = z.looseObject({
  parameters: z.array(parameter).default([]),
  requestBody: z.looseObject({ required: z.boolean().default(false), content: media }).optional(),
  responses: z.record(
    z.string(),
    z.looseObject({ content: media.optional(), headers: z.record(z.string(), z.unknown()).default({}) }),
  ),
});
type Operation = z.output<typeof operation>;
const document = z.looseObject({
  info: z.looseObject({ version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()).default({}) }),
});
type Document = z.output<typeof document>;

const resolverOf =
  ({ components }: Document) =>
  (ref: string) =>
    components.schemas[ref.replace("#/components/schemas/", "")];

/**
 * The breaking changes between two versions of a document.
 * @returns a line for each; none when the major versions differ
 */
export function breakingChanges(before: unknown, after: unknown): string[] {
  const [old, now] = [document.parse(before), document.parse(after)];
  if (old.info.version.split(".")[0] !== now.info.version.split(".")[0]) return [];
  const changes = (direction: Direction) => new SchemaChanges(resolverOf(old), resolverOf(now), direction);
  return Object.entries(old.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const context = `${method.toUpperCase()} ${path}`;
      const same = now.paths[path]?.[method];
      return same === undefined
        ? [`${context} is gone`]
        : [
            ...requestChanges(operation, same, context, changes("request")),
            ...responseChanges(operation, same, context, changes("response")),
          ];
    }),
  );
}

function requestChanges(old: Operation, now: Operation, context: string, changes: SchemaChanges): string[] {
  const nameOf = (one: Operation["parameters"][number]) => `${one.in} ${one.name}`;
  const find = (list: Operation["parameters"], wanted: string) => list.find((one) => nameOf(one) === wanted);
  return [
    ...old.parameters.flatMap((one) => {
      const same = find(now.parameters, nameOf(one));
      return same === undefined
        ? [`${context}: parameter ${nameOf(one)} is gone`]
        : changes.between(one.schema, same.schema, `${context}: ${nameOf(one)}`);
    }),
    ...now.parameters
      .filter((one) => one.required && find(old.parameters, nameOf(one))?.required !== true)
      .map((one) => `${context}: parameter ${nameOf(one)} is required`),
    ...(now.requestBody?.required === true && old.requestBody?.required !== true
      ? [`${context}: a body is required`]
      : []),
    ...contentChanges(old.requestBody?.content, now.requestBody?.content, `${context}: body`, changes),
  ];
}

const responseChanges = (old: Operation, now: Operation, context: string, changes: SchemaChanges): string[] =>
  Object.entries(old.responses).flatMap(([status, response]) => {
    const same = now.responses[status];
    // A removed error response is compatible.
    if (same === undefined) return Number(status) < 400 ? [`${context}: response ${status} is gone`] : [];
    return [
      ...Object.keys(response.headers)
        .filter((name) => !(name in same.headers))
        .map((name) => `${context}: header ${name} of response ${status} is gone`),
      ...contentChanges(response.content, same.content, `${context}: response ${status}`, changes),
    ];
  });

const contentChanges = (
  old: z.output<typeof media> = {},
  now: z.output<typeof media> = {},
  context: string,
  changes: SchemaChanges,
): string[] =>
  Object.entries(old).flatMap(([type, { schema }]) =>
    now[type] === undefined
      ? [`${context}: ${type} is gone`]
      : changes.between(schema, now[type].schema, context),
  );
