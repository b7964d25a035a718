/**
 * A JSON value as the SDK's document client marshals it without a change. The client takes an object for what its
 * `constructor` says, which in JSON is a member like any other: objects that have one are passed as Maps.
 */
export const dynamoValue = (value: unknown): unknown => (hasConstructorKey(value) ? withMaps(value) : value);

/** Most values have none, and need no copy. */
function hasConstructorKey(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.hasOwn(value, "constructor") || Object.values(value).some(hasConstructorKey);
}

function withMaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMaps);
  if (typeof value !== "object" || value === null) return value;
  return new Map(Object.entries(value).map(([key, inner]) => [key, withMaps(inner)]));
}
