interface CacheOptions {
  /** How long a value is used before it is fetched again. */
  readonly maxAgeSeconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called with the cause when a value could not be refreshed and the last known one is used. */
  readonly onStale: (cause: unknown) => void;
}

/**
 * Fetches a value and keeps it a while. Concurrent callers share one call, and use the last known value if it fails.
 * Powertools' `parameters` would call for each task of a batch, and fail all tasks when the call fails.
 * @returns a function that rejects with the cause if the value cannot be fetched and never was
 */
export function cachedValue<Value>(
  fetch: () => Promise<Value>,
  { maxAgeSeconds, now, onStale }: CacheOptions,
): () => Promise<Value> {
  let cached: { readonly value: Promise<Value>; readonly freshUntil: number } | undefined;
  return () => {
    if (cached !== undefined && now() < cached.freshUntil) return cached.value;
    const known = cached?.value;
    const value = fetch().catch((cause: unknown) => {
      if (known === undefined) {
        cached = undefined;
        throw cause;
      }
      onStale(cause);
      return known;
    });
    cached = { value, freshUntil: now() + maxAgeSeconds * 1000 };
    return value;
  };
}
