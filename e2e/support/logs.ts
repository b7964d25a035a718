import { FilterLogEventsCommand, type CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { eventually } from "./eventually";

/** What a function has logged that holds a text, once it has: one line for each event. */
export const loggedLines = (
  logs: CloudWatchLogsClient,
  functionName: string,
  text: string,
): Promise<string> =>
  eventually(`${functionName} to log ${text}`, 30, async () => {
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${functionName}` }),
    );
    const lines = events.map(({ message = "" }) => message).filter((line) => line.includes(text));
    return lines.length > 0 ? lines.join("\n") : undefined;
  });
