import { consumedQueues, type FunctionName } from "@serverless-tasks/functions/service";
import type { EnvironmentConfig } from "./environment-config";

/** The timeout of a function: that of the app layer, or the longest of the queues that it consumes. */
export function timeoutSecondsOf({ app, infra }: EnvironmentConfig, name: FunctionName): number {
  const settings = app[name];
  if ("timeout_seconds" in settings) return settings.timeout_seconds;
  return Math.max(...consumedQueues(name).map((queue) => infra[`${queue}_queue`].worker_timeout_seconds));
}
