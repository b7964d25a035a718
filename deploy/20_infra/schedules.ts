import type { ProducerEvent } from "@serverless-tasks/functions/producer/event";
import { storesTasks } from "../config/task-store";
import type { InfraConfig } from "../config/schemas/infra";
import { outboxSweep } from "../config/schemas/schedule";

/** A rule of this layer, whose target is in the app layer. */
export interface Schedule {
  readonly name: string;
  readonly expression: string;
  readonly enabled: boolean;
  /** The event that the rule sends to the producer. */
  readonly event: ProducerEvent;
}

/** EventBridge replaces it by the event's `time`, the slot of the schedule. */
const slotTime = "<time>";

/** The schedules of tfvars and, when the table is enabled, the sweep of its outbox. */
export function schedules({
  schedules,
  outbox,
  table,
  store,
}: Pick<InfraConfig, "schedules" | "outbox" | "table" | "store">): Schedule[] {
  const tasks = Object.entries(schedules).map(([name, { expression, enabled, type, payload }]): Schedule => {
    return {
      name,
      expression,
      enabled,
      event: { kind: "schedule", schedule: name, time: slotTime, type, payload },
    };
  });
  const sweep: Schedule = {
    name: outboxSweep,
    expression: everyMinutes(outbox.sweep_interval_minutes),
    enabled: true,
    event: { kind: "sweep", time: slotTime },
  };
  return storesTasks({ table, store }) ? [...tasks, sweep] : tasks;
}

const everyMinutes = (minutes: number) => `rate(${minutes} ${minutes === 1 ? "minute" : "minutes"})`;
