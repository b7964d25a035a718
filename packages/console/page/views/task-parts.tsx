import type { ComponentChildren } from "preact";
import type { TaskDetail, TimelineEvent } from "../../src/model";
import { clock, duration } from "../format";
import { hrefOf } from "../router";

export const Fact = ({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

export const Links = ({ links: { from, to } }: { readonly links: TaskDetail["links"] }) => (
  <>
    {from !== undefined && (
      <Fact label="Edited from">
        <a data-link="from" class="id" href={hrefOf(["tasks", from])}>
          {from}
        </a>
      </Fact>
    )}
    {to.length > 0 && (
      <Fact label="Run again as">
        {to.map((id) => (
          <a key={id} data-link="to" class="id" href={hrefOf(["tasks", id])}>
            {id}
          </a>
        ))}
      </Fact>
    )}
  </>
);

/** The events with the time since the one before, and the duration of requests and attempts. */
export function Timeline({ events }: { readonly events: readonly TimelineEvent[] }) {
  return (
    <ol class="timeline">
      {events.map(({ at, kind, detail, milliseconds, attempt, isError }, index) => {
        const before = events[index - 1];
        const since = before === undefined ? 0 : new Date(at).getTime() - new Date(before.at).getTime();
        return (
          <li key={`${at} ${kind} ${index}`} class={isError === true ? "is-error" : ""} data-kind={kind}>
            <span class="since">{before === undefined ? "" : `+${duration(since)}`}</span>
            <strong>
              {kind}
              {attempt === undefined ? "" : ` ${attempt}`}
            </strong>
            {milliseconds !== undefined && <span class="took"> took {duration(milliseconds)}</span>}
            {detail !== undefined && <span class="detail">{detail}</span>}
            <time dateTime={at}>{clock(at)}</time>
          </li>
        );
      })}
    </ol>
  );
}
