import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { setTimeout as delay } from "node:timers/promises";
import { localClientConfig } from "./aws-clients";
import type { LocalTarget } from "./child-environment";

const pollMilliseconds = 500;
/** Lambda's own lines about an invocation; the function's say more. */
const platformLine = /^(START|END|REPORT) RequestId/;

/** Prints what functions log, until the signal says stop. */
export async function followLogs(
  target: LocalTarget,
  functionNames: readonly string[],
  signal: AbortSignal,
  print: (line: string) => void = console.log,
): Promise<void> {
  const logs = new CloudWatchLogsClient(localClientConfig(target));
  const since = Date.now();
  const seen = new Set<string>();
  while (!signal.aborted) {
    for (const name of functionNames) {
      const { events = [] } = await logs.send(
        new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}`, startTime: since }),
      );
      for (const { eventId, message = "" } of events) {
        if (eventId === undefined || seen.has(eventId)) continue;
        seen.add(eventId);
        if (!platformLine.test(message)) print(`${name}  ${message.trimEnd()}`);
      }
    }
    await delay(pollMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}
