import { setTimeout as delay } from "node:timers/promises";

/** What a take-over has found. */
export interface TakeOver {
  /** Tasks that were put back into the outbox. */
  readonly lost: number;
  /** Messages that were sent to the region's queue. */
  readonly sent: number;
}

/** A region of a service. */
export interface ServiceRegion {
  readonly name: string;
  /** Accepts no request and starts no task any more. Repeatable. */
  readonly stop: (reason: string) => Promise<void>;
  /** Accepts requests and starts tasks. Repeatable. */
  readonly start: () => Promise<void>;
  /**
   * Publishes every task that is neither finished nor running.
   * @returns undefined when another take-over or sweep is running
   */
  readonly takeOver: (queuedBefore: Date) => Promise<TakeOver | undefined>;
}

export interface FailOverOptions {
  readonly from: ServiceRegion;
  readonly to: ServiceRegion;
  /** Whether the first region does not respond, so that it cannot be stopped. */
  readonly isLost: boolean;
  /** For the first region's last writes to replicate. */
  readonly settleMilliseconds: number;
  /** After that time no attempt that the first region has started holds its lease. */
  readonly leaseMilliseconds: number;
  readonly report: (line: string) => void;
  /** Between two take-overs. */
  readonly pauseMilliseconds?: number;
  readonly now?: () => number;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

export interface FailedOver {
  readonly from: string;
  readonly to: string;
  /** Whether the first region was stopped. */
  readonly isFenced: boolean;
  /** Tasks that were published again. */
  readonly takenOver: number;
  /** How long the steps have taken. */
  readonly milliseconds: { readonly stop: number; readonly start: number; readonly takeOver: number };
}

/** A take-over that finds tasks again and again means that the region does not run them. */
const mostTakeOvers = 60;

/**
 * Moves the work of a service from one region to another. It can be repeated after an error.
 * @throws {Error} of the first step that fails; later steps are not taken
 */
export async function failOver(options: FailOverOptions): Promise<FailedOver> {
  const { from, to, isLost, settleMilliseconds, leaseMilliseconds, report } = options;
  const {
    pauseMilliseconds = 2_000,
    now = Date.now,
    wait = (milliseconds: number) => delay(milliseconds),
  } = options;
  const began = now();
  if (isLost)
    report(`${from.name} is not stopped: repeat the failover without --lost as soon as it responds`);
  else {
    report(`stopping ${from.name}`);
    await from.stop(`failed over to ${to.name}`);
    await wait(settleMilliseconds);
  }
  const stopped = now();
  report(`starting ${to.name}`);
  await to.start();
  const started = now();
  report(`${to.name} takes over what ${from.name} had accepted`);
  let takenOver = 0;
  for (let count = 1; ; count += 1) {
    // Taken over once more when no lease can be left.
    const isFinal = now() - stopped > leaseMilliseconds;
    const found = await to.takeOver(new Date(stopped));
    takenOver += found?.sent ?? 0;
    if (isFinal && found !== undefined && found.lost + found.sent === 0) break;
    if (count >= mostTakeOvers && isFinal)
      throw new Error(`${to.name} has found unfinished tasks in each of ${count} take-overs`);
    await wait(pauseMilliseconds);
  }
  const ended = now();
  return {
    ...{ from: from.name, to: to.name, isFenced: !isLost, takenOver },
    milliseconds: { stop: stopped - began, start: started - stopped, takeOver: ended - started },
  };
}
