import { functionNames } from "@serverless-tasks/functions/service";
import { flag, matching, oneOf, option, string } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";
import { logLevels } from "../operations/log-levels";

const unitMilliseconds: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const usualSince = 10 * 60_000;

const duration = (given: string): number => {
  const { count, unit } = matching(
    "a time such as 30s, 15m, 2h or 1d",
    /^(\d{1,6})([smhd])$/,
    "count",
    "unit",
  )(given);
  return Number(count) * (unitMilliseconds[unit] ?? 0);
};

export default defineCloudCommand({
  group: "Operate",
  description: "Print the log lines of all functions, and follow them until Ctrl-C.",
  details:
    "Without Lambda's lines START, END and REPORT. In AWS a line arrives some seconds after it was logged. Positions in stacks are those of the bundle: symbolicate replaces them.",
  examples: [
    "logs dev",
    "logs prod --task <id> --since 2h --no-follow --aws",
    "logs prod --level error --aws --json",
  ],
  options: {
    function: option(
      "name",
      `Only that function: ${functionNames.join(", ")}.`,
      oneOf("functions", functionNames),
    ),
    contains: string("words", "Only lines that contain these words."),
    task: string("id", "Only lines about a task."),
    request: string("id", "Only lines of a request to the API, and of the attempts at its task."),
    level: option(
      "level",
      `Only lines of that level or above (${logLevels.join(", ")}).`,
      oneOf("levels", logLevels),
    ),
    since: option("duration", "From that long ago: 30s, 15m, 2h, 1d (10m).", duration),
    "no-follow": flag("Print the lines so far, and end."),
  },
  json: "each line",
  confirms: "never",
  does: (name) => `logs of ${name}`,
  run: async ({ since = usualSince, "no-follow": ends, ...filter }, { account }) => {
    const { functionLogs } = await import("../operations/function-logs.js");
    return functionLogs(account, { ...filter, sinceMilliseconds: since, follow: !ends });
  },
});
