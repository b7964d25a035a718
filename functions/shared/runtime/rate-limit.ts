/** The rate of each caller. */
export interface Limit {
  /** Sustained requests. */
  readonly perMinute: number;
  /** Requests at once, after a pause. */
  readonly burst: number;
}

export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly retryAfterSeconds: number };

export interface RateLimiter {
  /** Counts a request of a caller. @throws {Error} when the cache does not respond */
  readonly take: (caller: string) => Promise<Verdict>;
  readonly close: () => void;
}
