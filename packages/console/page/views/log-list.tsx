import type { LogLine } from "../../src/model";
import { clock } from "../format";
import { hrefOf } from "../router";

/** Members of a line that its columns show. */
const shown = [
  "level",
  "message",
  "timestamp",
  "service",
  "sampling_rate",
  "xray_trace_id",
  "taskId",
  "traceId",
  "_aws",
];

/** The other members of a line: `attempt=1 milliseconds=12`. */
function restOf(raw: string): string {
  try {
    const line: unknown = JSON.parse(raw);
    if (typeof line !== "object" || line === null) return "";
    return Object.entries(line)
      .filter(([name]) => !shown.includes(name))
      .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
      .join(" ");
  } catch {
    return "";
  }
}

export const LogList = ({ lines }: { readonly lines: readonly LogLine[] }) => (
  <ol class="logs" tabIndex={0} aria-label="Log lines">
    {lines.map((line, at) => (
      <li key={`${line.at} ${at}`} class={`level-${line.level ?? "none"}`}>
        <time dateTime={new Date(line.at).toISOString()}>{clock(line.at).slice(6)}</time>
        <span class="function">{line.function}</span>
        <span class="level">{line.level ?? ""}</span>
        <span class="message">
          {line.message} <span class="muted">{restOf(line.raw)}</span>{" "}
          {line.taskId !== undefined && (
            <a class="id" href={hrefOf(["tasks", line.taskId])}>
              {line.taskId}
            </a>
          )}
        </span>
      </li>
    ))}
  </ol>
);
