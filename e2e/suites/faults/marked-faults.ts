import type { Campaign } from "./campaign";
import type { Fault } from "./fault-proxy";

/** Faults that meet the tasks of one run only: their messages carry its mark, `<F4-m2x1:17>`. */
export class MarkedFaults {
  private readonly met = new Map<string, number>();
  private readonly mark: string;
  private readonly remove: () => void;

  /**
   * @param times how often each task meets the fault
   * @param choose the fault for the call of a task, by the task's number
   */
  constructor(
    campaign: Campaign,
    kind: string,
    operation: string,
    times: number,
    choose: (task: number) => Fault | undefined,
  ) {
    this.mark = `${kind}-${Date.now().toString(36)}`;
    const pattern = new RegExp(`<${this.mark}:(\\d+)>`);
    this.remove = campaign.proxy.add(({ operation: called, body }) => {
      const task = called === operation ? pattern.exec(body)?.[1] : undefined;
      if (task === undefined) return undefined;
      const met = this.met.get(task) ?? 0;
      const fault = met < times ? choose(Number(task)) : undefined;
      if (fault !== undefined) this.met.set(task, met + 1);
      return fault;
    });
  }

  /** The message of a task that is to meet the fault. */
  message = (task: number) => `<${this.mark}:${task}>`;

  /** Tasks that have met it. */
  get injected(): number {
    return this.met.size;
  }

  end(): void {
    this.remove();
  }
}
