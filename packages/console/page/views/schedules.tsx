import { useState } from "preact/hooks";
import type { ScheduleView } from "../../src/model";
import { ConfirmDialog, useAction } from "../actions";
import { clock } from "../format";
import { useLive } from "../live";
import { hrefOf } from "../router";
import { commandLine, useSession } from "../session";
import { Command, Empty, Json, Loading, Panel, Problem, State, Time } from "../ui";

export function Schedules() {
  const session = useSession();
  const { data, error, reload } = useLive("schedules", {}, session.isAws ? 60 : 10);
  const [asked, setAsked] = useState<ScheduleView>();
  const [created, setCreated] = useState<string>();
  const run = useAction("schedules/run");
  const close = () => {
    setAsked(undefined);
    run.reset();
    reload();
  };
  const perform = async ({ name }: ScheduleView) => {
    const done = await run.run({ name });
    if (done === undefined) return;
    setCreated(done.taskId);
    close();
  };
  return (
    <>
      <Problem problem={error} />
      {created !== undefined && (
        <p role="status" class="created">
          Submitted{" "}
          <a class="id" href={hrefOf(["tasks", created])}>
            {created}
          </a>
        </p>
      )}
      {data === undefined
        ? error === undefined && <Loading />
        : data.map((schedule) => <Schedule key={schedule.name} schedule={schedule} onRun={setAsked} />)}
      {data?.length === 0 && <Empty>The environment has no schedules.</Empty>}
      <Command command={commandLine(session, ["schedules", "list", session.environment])} />
      {asked !== undefined && (
        <ConfirmDialog
          title={`Run ${asked.name} now`}
          command={commandLine(session, ["schedules", "run", session.environment, asked.name])}
          confirm="Run now"
          isRunning={run.isRunning}
          problem={run.problem}
          onConfirm={() => void perform(asked)}
          onClose={close}
        >
          <p>
            {asked.kind === "sweep"
              ? "The producer publishes what is in the outbox."
              : "Within one minute, a schedule creates one task."}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function Schedule(props: {
  readonly schedule: ScheduleView;
  readonly onRun: (schedule: ScheduleView) => void;
}) {
  const { name, expression, enabled, paused, kind, type, payload, next, runs, missed } = props.schedule;
  return (
    <Panel
      title={name}
      class="schedule"
      actions={
        <>
          <State state={paused !== undefined ? "paused" : enabled ? "enabled" : "disabled"} />
          <button
            type="button"
            aria-label={`Run now… ${name}`}
            onClick={() => {
              props.onRun(props.schedule);
            }}
          >
            Run now…
          </button>
        </>
      }
    >
      <p>
        <code>{expression}</code> {kind === "sweep" ? "publishes the outbox" : `submits ${type ?? ""}`}
        {paused !== undefined && ` · paused: ${paused}`}
      </p>
      <div class="thirds">
        <div>
          <h3>Next</h3>
          {next.length === 0 ? (
            <p class="muted">{enabled ? "Not known before its first run." : "None: it is off."}</p>
          ) : (
            <ol data-list="next">
              {next.map((at) => (
                <li key={at}>
                  {clock(at).slice(0, -4)} <Time at={at} />
                </li>
              ))}
            </ol>
          )}
        </div>
        <div>
          <h3>Last, within a day</h3>
          {runs.length === 0 ? (
            <p class="muted">None.</p>
          ) : (
            <ol data-list="runs">
              {runs.map(({ at, taskId, outcome, state }) => (
                <li key={`${at} ${taskId ?? ""}`}>
                  {clock(at).slice(0, -4)}{" "}
                  {taskId === undefined ? outcome : <a href={hrefOf(["tasks", taskId])}>{outcome}</a>}{" "}
                  {state !== undefined && <State state={state} />}
                </li>
              ))}
            </ol>
          )}
        </div>
        <div>
          <h3>Missed</h3>
          {missed.length === 0 ? (
            <p class="muted">No slot since its first run of the day.</p>
          ) : (
            <ol class="error">
              {missed.slice(0, 5).map((at) => (
                <li key={at}>{clock(at).slice(0, -4)}</li>
              ))}
              {missed.length > 5 && <li>and {missed.length - 5} more</li>}
            </ol>
          )}
        </div>
      </div>
      {payload !== undefined && (
        <details>
          <summary>Payload</summary>
          <Json value={payload} />
        </details>
      )}
    </Panel>
  );
}
