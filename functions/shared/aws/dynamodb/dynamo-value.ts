/**
 * A JSON value as the SDK's document client marshals it without a change. The client treats an object by its
 * `constructor`, which in JSON is an ordinary member: objects with such a member are passed as Maps.
 */
export const dynamoValue = (value: unknown): unknown => (hasConstructorKey(value) ? withMaps(value) : value);

/** Most values have none, and are not copied. */
function hasConstructorKey(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.hasOwn(value, "constructor") || Object.values(value).some(hasConstructorKey);
}

function withMaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMaps);
  if (typeof value !== "object" || value === null) return value;
  return new Map(Object.entries(value).map(([key, inner]) => [key, withMaps(inner)]));
}
