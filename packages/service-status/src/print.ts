import { textTable } from "../../command-line/src/table";
import type { EventSource } from "../../event-sources/src/event-sources";
import type { FunctionStatus, QueueStatus } from "./service-status";

/** Prints which sources are paused, and why. */
export function printSources(sources: readonly EventSource[]): readonly EventSource[] {
  console.log(sourcesText(sources));
  return sources;
}

function sourcesText(sources: readonly EventSource[]): string {
  const rows = sources.map((source) => [source.kind, source.name, stateOf(source)]);
  return rows.length === 0 ? "There are none." : textTable(rows);
}

function stateOf({ enabled, paused }: EventSource): string {
  if (paused !== undefined) return `paused since ${paused.at}: ${paused.reason}`;
  return enabled ? "enabled" : "disabled";
}

/** The state of an alarm. */
export interface AlarmStatus {
  readonly name: string;
  readonly state: string;
  readonly since: string;
}

/** When a part of the service was deployed last; undefined if it never was. */
export interface DeploymentStatus {
  readonly name: string;
  readonly at?: string | undefined;
}

export interface ServiceStatus {
  readonly functions: readonly FunctionStatus[];
  readonly queues: readonly QueueStatus[];
  readonly sources: readonly EventSource[];
  /** Empty where alarms are disabled. */
  readonly alarms: readonly AlarmStatus[];
  readonly deployments: readonly DeploymentStatus[];
}

/** One screen: live versions, last deployments, queue depths, event sources, alarms. */
export const statusText = ({ functions, deployments, queues, sources, alarms }: ServiceStatus): string =>
  [
    textTable([
      ["function", "live", "deployed"],
      ...functions.map(({ name, live }) => [name, live?.version ?? "-", live?.deployedAt ?? "-"]),
    ]),
    textTable([["layer", "last applied"], ...deployments.map(({ name, at = "-" }) => [name, at])]),
    textTable([["queue", "visible", "in flight", "delayed"], ...queues.map(depthOf)]),
    sourcesText(sources),
    alarmsText(alarms),
  ].join("\n");

/** The alarms that are not OK; how many there are. */
function alarmsText(alarms: readonly AlarmStatus[]): string {
  if (alarms.length === 0) return "There are no alarms.";
  const counts = new Map<string, number>();
  for (const { state } of alarms) counts.set(state, (counts.get(state) ?? 0) + 1);
  const summary = `alarms: ${[...counts].map(([state, count]) => `${count} ${state}`).join(", ")}`;
  const active = alarms.filter(({ state }) => state === "ALARM");
  return active.length === 0
    ? summary
    : `${summary}\n${textTable(active.map(({ name, since }) => ["ALARM", name, `since ${since}`]))}`;
}

const depthOf = ({ name, messages }: QueueStatus): string[] =>
  messages === undefined
    ? [name, "-", "-", "-"]
    : [name, String(messages.visible), String(messages.inFlight), String(messages.delayed)];
