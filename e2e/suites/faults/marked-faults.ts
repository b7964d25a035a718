import type { Campaign } from "./campaign";
import type { Fault } from "../../../packages/fault-proxy/src/fault-proxy";

/** Faults in calls about the tasks of one run. The tasks have a mark in their payload: `<F4-m2x1:17>`. */
export class MarkedFaults {
  /** Number of injected faults by task. */
  private readonly counts = new Map<string, number>();
  private readonly mark: string;
  private readonly remove: () => void;

  /**
   * @param of the calls that send a message, or those that record success: they have the mark in the result
   * @param times how many calls of a task fail
   * @param choose returns the fault for a task, by its number
   */
  constructor(
    campaign: Campaign,
    kind: string,
    of: "SendMessage" | "success",
    times: number,
    choose: (task: number) => Fault | undefined,
  ) {
    this.mark = `${kind}-${Date.now().toString(36)}`;
    const pattern = new RegExp(`<${this.mark}:(\\d+)>`);
    const [calls, operation] =
      of === "success" ? [campaign.store, campaign.store.records] : [campaign.proxy, of];
    this.remove = calls.add(({ operation: called, body }) => {
      const task = called === operation ? pattern.exec(body)?.[1] : undefined;
      if (task === undefined) return undefined;
      const count = this.counts.get(task) ?? 0;
      const fault = count < times ? choose(Number(task)) : undefined;
      if (fault !== undefined) this.counts.set(task, count + 1);
      return fault;
    });
  }

  /** The message in the payload of a task. */
  message = (task: number) => `<${this.mark}:${task}>`;

  /** Number of tasks with a fault. */
  get injected(): number {
    return this.counts.size;
  }

  end(): void {
    this.remove();
  }
}
