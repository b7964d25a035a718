import { useState } from "preact/hooks";
import { ConfirmDialog, useAction } from "../actions";
import { useLive } from "../live";
import { hrefOf } from "../router";
import { commandLine, useSession } from "../session";
import { Command, Empty, Json, Loading, Panel, Problem, State, Time } from "../ui";
import { LogList } from "./log-list";
import { Fact, Links, Timeline } from "./task-parts";

const endStates = ["succeeded", "failed", "cancelled"];

export function TaskView({ id }: { readonly id: string }) {
  const session = useSession();
  const [isOpen, setOpen] = useState(true);
  const { data, error, reload } = useLive("task", { id }, isOpen ? 2 : 15);
  const [asked, setAsked] = useState<"retry" | "cancel" | "redrive">();
  const change = useAction("tasks/change");
  const redrive = useAction("dead-letters/redrive");
  if (data !== undefined && endStates.includes(data.task.state) === isOpen) setOpen(!isOpen);
  if (data === undefined) return error === undefined ? <Loading /> : <Problem problem={error} />;
  const { task, timeline, errors, logs, deadLetter, links, requestId } = data;
  const { environment } = session;
  const close = () => {
    setAsked(undefined);
    change.reset();
    redrive.reset();
    reload();
  };
  const perform = async () => {
    const done =
      asked === "redrive"
        ? await redrive.run({ id })
        : await change.run({ change: asked ?? "retry", ids: [id] });
    if (done !== undefined) close();
  };
  return (
    <>
      <Problem problem={error} />
      <div class="summary">
        <code class="id">{task.id}</code>
        <State state={task.state} />
        <span class="spacer" />
        {task.state === "failed" && (
          <button
            type="button"
            onClick={() => {
              setAsked("retry");
            }}
          >
            Retry
          </button>
        )}
        {(task.state === "pending" || task.state === "queued") && (
          <button
            type="button"
            onClick={() => {
              setAsked("cancel");
            }}
          >
            Cancel
          </button>
        )}
        {deadLetter !== undefined && (
          <button
            type="button"
            onClick={() => {
              setAsked("redrive");
            }}
          >
            Redrive dead letter
          </button>
        )}
        <a class="button" href={hrefOf(["new"], { from: task.id })}>
          Run again, edited
        </a>
      </div>
      <dl class="facts">
        <Fact label="Type">{task.type}</Fact>
        <Fact label="Attempts">{task.attempts}</Fact>
        <Fact label="Revision">{task.revision}</Fact>
        <Fact label="Created">
          <Time at={task.createdAt} />
        </Fact>
        <Fact label="Changed">
          <Time at={task.updatedAt} />
        </Fact>
        <Fact label="Caller">
          {task.caller === undefined ? (
            "–"
          ) : (
            <a href={hrefOf(["tasks"], { caller: task.caller })}>{task.caller}</a>
          )}
        </Fact>
        <Fact label="Request">
          {requestId === undefined ? "–" : <a href={hrefOf(["logs"], { request: requestId })}>{requestId}</a>}
        </Fact>
        <Links links={links} />
      </dl>
      <div class="columns">
        <Panel title="Timeline">
          <Timeline events={timeline} />
        </Panel>
        <div>
          {(task.error !== undefined || errors.length > 0) && (
            <Panel title="Errors">
              {task.error !== undefined && <p class="error">{task.error}</p>}
              <ol class="errors" reversed>
                {errors.map(({ at, attempt, error: message }) => (
                  <li key={at}>
                    <Time at={at} /> <span class="muted">attempt {attempt}</span>
                    <pre>{message}</pre>
                  </li>
                ))}
              </ol>
            </Panel>
          )}
          <Panel title="Payload">
            <Json value={task.payload} />
          </Panel>
          {task.result !== undefined && (
            <Panel title="Result">
              <Json value={task.result} />
            </Panel>
          )}
        </div>
      </div>
      <Panel title="Log lines" actions={<a href={hrefOf(["logs"], { task: task.id })}>Open in Logs</a>}>
        {logs.length === 0 ? (
          <Empty>No function has logged a line about it.</Empty>
        ) : (
          <LogList lines={logs} />
        )}
      </Panel>
      <Command command={commandLine(session, ["tasks", "get", environment, task.id])} />
      {asked !== undefined && (
        <ConfirmDialog
          title={
            asked === "redrive"
              ? "Redrive its dead letter"
              : asked === "retry"
                ? "Retry the task"
                : "Cancel the task"
          }
          command={
            asked === "redrive"
              ? commandLine(session, ["dlq", environment, "redrive"], { id })
              : commandLine(session, ["tasks", asked, environment, id])
          }
          confirm={asked === "redrive" ? "Redrive" : asked === "retry" ? "Retry" : "Cancel the task"}
          isRunning={change.isRunning || redrive.isRunning}
          problem={change.problem ?? redrive.problem}
          onConfirm={() => void perform()}
          onClose={close}
        />
      )}
    </>
  );
}
