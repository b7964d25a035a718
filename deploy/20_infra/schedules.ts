import type { ProducerEvent } from "@serverless-tasks/functions/producer/event";
import type { InfraConfig } from "../config/schemas/infra";
import { outboxSweep } from "../config/schemas/schedule";

/** One thing that happens by the clock: a rule of this layer, which gets its target in the app layer. */
export interface Schedule {
  readonly name: string;
  readonly expression: string;
  readonly enabled: boolean;
  /** What the rule tells the producer. */
  readonly event: ProducerEvent;
}

/** EventBridge puts the slot's time, the event's own `time`, in place of it. */
export const slotTime = "<time>";

/** The schedules of tfvars and, when there is a table, the sweep of its outbox. */
export function schedules({
  schedules,
  outbox,
  table,
}: Pick<InfraConfig, "schedules" | "outbox" | "table">): Schedule[] {
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
  return table.enabled ? [...tasks, sweep] : tasks;
}

const everyMinutes = (minutes: number) => `rate(${minutes} ${minutes === 1 ? "minute" : "minutes"})`;
