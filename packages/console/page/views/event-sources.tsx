import { useState } from "preact/hooks";
import type { StatusResult } from "../../src/model";
import { ConfirmDialog, useAction } from "../actions";
import { Field } from "../inputs";
import { commandLine, useSession } from "../session";
import { Panel, State, Table } from "../ui";

/** The event source mappings and rules, which pause stops. */
export function Sources({
  status,
  onChange,
}: {
  readonly status: StatusResult;
  readonly onChange: () => void;
}) {
  const session = useSession();
  const [asked, setAsked] = useState<"pause" | "resume">();
  const [reason, setReason] = useState("");
  const pause = useAction("pause");
  const resume = useAction("resume");
  const isPausedNow = status.sources.some(({ paused }) => paused !== undefined);
  const close = () => {
    setAsked(undefined);
    pause.reset();
    resume.reset();
    onChange();
  };
  const perform = async () => {
    const done = asked === "pause" ? await pause.run({ reason }) : await resume.run({});
    if (done !== undefined) close();
  };
  return (
    <Panel
      title="Event sources"
      actions={
        <>
          <button
            type="button"
            onClick={() => {
              setAsked("pause");
            }}
          >
            Pause…
          </button>
          {isPausedNow && (
            <button
              type="button"
              onClick={() => {
                setAsked("resume");
              }}
            >
              Resume…
            </button>
          )}
        </>
      }
    >
      <Table label="Event sources" head={["Kind", "Name", "State", "Reason"]}>
        {status.sources.map(({ kind, name, enabled, paused }) => (
          <tr key={`${kind} ${name}`} data-source={name}>
            <td>{kind}</td>
            <td>{name}</td>
            <td>
              <State state={paused !== undefined ? "paused" : enabled ? "enabled" : "disabled"} />
            </td>
            <td>{paused?.reason ?? ""}</td>
          </tr>
        ))}
      </Table>
      {asked !== undefined && (
        <ConfirmDialog
          title={asked === "pause" ? "Pause the worker and the schedules" : "Resume what was paused"}
          command={commandLine(
            session,
            asked === "pause"
              ? ["pause", session.environment, reason === "" ? "a reason" : reason]
              : ["resume", session.environment],
          )}
          confirm={asked === "pause" ? "Pause" : "Resume"}
          isRunning={pause.isRunning || resume.isRunning}
          problem={pause.problem ?? resume.problem}
          onConfirm={() => void perform()}
          onClose={close}
        >
          {asked === "pause" && (
            <>
              <p>Messages stay in their queue. The API accepts tasks.</p>
              <Field label="Reason">
                <input
                  required
                  maxLength={200}
                  value={reason}
                  onInput={({ currentTarget }) => {
                    setReason(currentTarget.value);
                  }}
                />
              </Field>
            </>
          )}
        </ConfirmDialog>
      )}
    </Panel>
  );
}
