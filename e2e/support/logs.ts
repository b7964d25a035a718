import { FilterLogEventsCommand, type CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { eventually } from "./eventually";

/** Waits until a function has logged events that contain a string, and returns them, one per line. */
export const loggedLines = (
  logs: CloudWatchLogsClient,
  functionName: string,
  search: string,
): Promise<string> =>
  eventually(`${functionName} has logged ${search}`, 30, async () => {
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${functionName}` }),
    );
    const lines = events.map(({ message = "" }) => message).filter((line) => line.includes(search));
    return lines.length > 0 ? lines.join("\n") : undefined;
  });
