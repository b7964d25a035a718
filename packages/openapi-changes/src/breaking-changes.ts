import * as z from "zod";
import type { BreakingChange, Change } from "./breaking-change";
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
 * @returns none when the major versions differ
 */
export function breakingChanges(before: unknown, after: unknown): BreakingChange[] {
  const [old, now] = [document.parse(before), document.parse(after)];
  if (old.info.version.split(".")[0] !== now.info.version.split(".")[0]) return [];
  const schemas = (direction: Direction) => new SchemaChanges(resolverOf(old), resolverOf(now), direction);
  return Object.entries(old.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const same = now.paths[path]?.[method];
      const changes: Change[] =
        same === undefined
          ? [{ code: "operation-removed", location: "" }]
          : [
              ...requestChanges(operation, same, schemas("request")),
              ...responseChanges(operation, same, schemas("response")),
            ];
      return changes.map((change) => ({ operation: `${method.toUpperCase()} ${path}`, ...change }));
    }),
  );
}

function requestChanges(old: Operation, now: Operation, schemas: SchemaChanges): Change[] {
  const nameOf = (one: Operation["parameters"][number]) => `${one.in} ${one.name}`;
  const find = (list: Operation["parameters"], wanted: string) => list.find((one) => nameOf(one) === wanted);
  return [
    ...old.parameters.flatMap((one): Change[] => {
      const location = nameOf(one);
      const same = find(now.parameters, location);
      return same === undefined
        ? [{ code: "parameter-removed", location }]
        : schemas.between(one.schema, same.schema, location);
    }),
    ...now.parameters
      .filter((one) => one.required && find(old.parameters, nameOf(one))?.required !== true)
      .map((one): Change => ({ code: "parameter-required", location: nameOf(one) })),
    ...(now.requestBody?.required === true && old.requestBody?.required !== true
      ? [{ code: "body-required", location: "body" } as const]
      : []),
    ...contentChanges(old.requestBody?.content, now.requestBody?.content, "body", schemas),
  ];
}

const responseChanges = (old: Operation, now: Operation, schemas: SchemaChanges): Change[] =>
  Object.entries(old.responses).flatMap(([status, response]): Change[] => {
    const location = `response ${status}`;
    const same = now.responses[status];
    // A removed error response is compatible.
    if (same === undefined) return Number(status) < 400 ? [{ code: "response-removed", location }] : [];
    return [
      ...Object.keys(response.headers)
        .filter((name) => !(name in same.headers))
        .map((name): Change => ({ code: "header-removed", location: `${location} header ${name}` })),
      ...contentChanges(response.content, same.content, location, schemas),
    ];
  });

const contentChanges = (
  old: z.output<typeof media> = {},
  now: z.output<typeof media> = {},
  location: string,
  schemas: SchemaChanges,
): Change[] =>
  Object.entries(old).flatMap(([type, { schema }]): Change[] =>
    now[type] === undefined
      ? [{ code: "media-type-removed", location, before: type }]
      : schemas.between(schema, now[type].schema, location),
  );
