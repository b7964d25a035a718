import * as z from "zod";
import { commonEnvironment, type EnvironmentOf } from "../shared/environment";

/** The environment of the API function; deploy/30_app/api-function.ts sets it. */
export const apiEnvironment = commonEnvironment.extend({
  /** The commit that was deployed, for GET /health. */
  COMMIT: z.string().min(1),
});
export type ApiEnvironment = EnvironmentOf<typeof apiEnvironment>;
