import * as z from "zod/mini";
import { commonEnvironment, type EnvironmentOf } from "../shared/runtime/environment";
import { nonEmptyString } from "../shared/runtime/non-empty-string";

/** The environment of the API function; deploy/30_app/functions/api.ts sets it. */
export const apiEnvironment = z.extend(commonEnvironment, {
  /** The commit that was deployed, for GET /health. */
  COMMIT: nonEmptyString,
});
export type ApiEnvironment = EnvironmentOf<typeof apiEnvironment>;
