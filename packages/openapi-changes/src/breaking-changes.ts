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
 * What clients of one document cannot do with another one any more.
 * @returns a line for each; none when the first number of the version is another one, which says as much
 */
export function breakingChanges(before: unknown, after: unknown): string[] {
  const [old, now] = [document.parse(before), document.parse(after)];
  if (old.info.version.split(".")[0] !== now.info.version.split(".")[0]) return [];
  const changes = (direction: Direction) => new SchemaChanges(resolverOf(old), resolverOf(now), direction);
  return Object.entries(old.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const place = `${method.toUpperCase()} ${path}`;
      const same = now.paths[path]?.[method];
      return same === undefined
        ? [`${place} is gone`]
        : [
            ...requestChanges(operation, same, place, changes("request")),
            ...answerChanges(operation, same, place, changes("response")),
          ];
    }),
  );
}

function requestChanges(old: Operation, now: Operation, place: string, changes: SchemaChanges): string[] {
  const nameOf = (one: Operation["parameters"][number]) => `${one.in} ${one.name}`;
  const find = (list: Operation["parameters"], wanted: string) => list.find((one) => nameOf(one) === wanted);
  return [
    ...old.parameters.flatMap((one) => {
      const same = find(now.parameters, nameOf(one));
      return same === undefined
        ? [`${place}: parameter ${nameOf(one)} is gone`]
        : changes.between(one.schema, same.schema, `${place}: ${nameOf(one)}`);
    }),
    ...now.parameters
      .filter((one) => one.required && find(old.parameters, nameOf(one))?.required !== true)
      .map((one) => `${place}: parameter ${nameOf(one)} is required`),
    ...(now.requestBody?.required === true && old.requestBody?.required !== true
      ? [`${place}: a body is required`]
      : []),
    ...contentChanges(old.requestBody?.content, now.requestBody?.content, `${place}: body`, changes),
  ];
}

const answerChanges = (old: Operation, now: Operation, place: string, changes: SchemaChanges): string[] =>
  Object.entries(old.responses).flatMap(([status, answer]) => {
    const same = now.responses[status];
    // A client is glad of an error that is no more.
    if (same === undefined) return Number(status) < 400 ? [`${place}: response ${status} is gone`] : [];
    return [
      ...Object.keys(answer.headers)
        .filter((name) => !(name in same.headers))
        .map((name) => `${place}: header ${name} of response ${status} is gone`),
      ...contentChanges(answer.content, same.content, `${place}: response ${status}`, changes),
    ];
  });

const contentChanges = (
  old: z.output<typeof media> = {},
  now: z.output<typeof media> = {},
  place: string,
  changes: SchemaChanges,
): string[] =>
  Object.entries(old).flatMap(([type, { schema }]) =>
    now[type] === undefined
      ? [`${place}: ${type} is gone`]
      : changes.between(schema, now[type].schema, place),
  );
