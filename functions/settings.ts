import * as z from "zod/mini";

/**
 * Settings of the service that are no secrets: `settings` in tfvars of `deploy/30_app`, and `settings` in the context of
 * routes, task types and consumers. Each has a description, and an example for tests.
 */
export const settings = z.strictObject({});
export type Settings = Readonly<z.output<typeof settings>>;

/** The names of the settings. Without any, functions have no variable for them. */
export const settingNames = Object.keys(settings.shape);

/** The settings of a function, from its variable SETTINGS, a JSON object. */
export const readSettings = (environment: NodeJS.ProcessEnv): Settings =>
  settings.parse(JSON.parse(environment.SETTINGS ?? "{}"));
