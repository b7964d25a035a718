import * as z from "zod";
import { setting } from "./setting";

/** The cache that limits the rate of each caller. */
export const cacheConfig = z.strictObject({
  rate_limit_per_minute: setting(
    "Sustained requests of one caller above which the API responds with 429 and Retry-After.",
    z.int().min(1).max(1_000_000),
  ),
  rate_limit_burst: setting("Requests of one caller at once, after a pause.", z.int().min(1).max(1_000_000)),
  max_storage_gb: setting(
    "The most data, which limits the cost; a caller takes about 100 bytes.",
    z.int().min(1).max(5_000).default(1),
  ),
  max_ecpu_per_second: setting(
    "The most requests of the functions in a second; ElastiCache throttles above.",
    z.int().min(1_000).max(15_000_000).default(5_000),
  ),
});
export type CacheConfig = z.output<typeof cacheConfig>;
