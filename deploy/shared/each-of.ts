type OutputName<Name extends string, Suffix extends string> = `${Name}_${Suffix}`;

// TypeScript cannot derive the type of an object that is built key by key: the casts are here, and nowhere else.

/** A value for each name. */
export const eachOf = <Name extends string, Value>(names: readonly Name[], of: (name: Name) => Value) =>
  Object.fromEntries(names.map((name) => [name, of(name)])) as Readonly<Record<Name, Value>>;

/** The same as a map, whose values have their type even if there is no name. */
export const mapOf = <Name extends string, Value>(names: readonly Name[], of: (name: Name) => Value) =>
  new Map(names.map((name) => [name, of(name)] as const));

/** Each name with a suffix: `task_queue`. */
export const namesWith = <Name extends string, Suffix extends string>(
  names: readonly Name[],
  suffix: Suffix,
): OutputName<Name, Suffix>[] => names.map((name) => `${name}_${suffix}` as const);

/** Outputs of each of some resources, for a contract: `task_queue_url`, `task_queue_arn`, … */
export const outputsOf = <Name extends string, const Suffix extends string>(
  names: readonly Name[],
  suffixes: readonly Suffix[],
) =>
  Object.fromEntries(
    names.flatMap((name) => suffixes.map((suffix) => [`${name}_${suffix}`, "string"])),
  ) as Readonly<Record<OutputName<Name, Suffix>, "string">>;

/** The value of one of them. */
export const outputOf = <Name extends string, Suffix extends string>(
  outputs: Readonly<Record<OutputName<Name, Suffix>, string>>,
  name: Name,
  suffix: Suffix,
): string => outputs[`${name}_${suffix}`];

/** The values of these outputs. */
export const outputValues = <Name extends string, Value, Suffix extends string>(
  resources: ReadonlyMap<Name, Value>,
  values: Readonly<Record<Suffix, (resource: Value) => string>>,
) =>
  Object.fromEntries(
    [...resources].flatMap(([name, resource]) =>
      Object.entries<(resource: Value) => string>(values).map(([suffix, of]) => [
        `${name}_${suffix}`,
        of(resource),
      ]),
    ),
  ) as Readonly<Record<OutputName<Name, Suffix>, string>>;

/** The names of a list without some of them. */
export const except = <Name extends string, const Excluded extends Name>(
  names: readonly Name[],
  excluded: readonly Excluded[],
) => names.filter((name): name is Exclude<Name, Excluded> => !excluded.some((other) => other === name));
