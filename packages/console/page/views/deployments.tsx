import { useState } from "preact/hooks";
import { ConfirmDialog, JobProgress, useAction, useJob } from "../actions";
import { useLive } from "../live";
import { commandLine, useSession } from "../session";
import { Field } from "../inputs";
import { Command, Empty, Loading, Num, Panel, Problem, State, Table, Time } from "../ui";

export function Deployments() {
  const session = useSession();
  const { environment } = session;
  const { data, error, reload } = useLive("deployments", {}, 10);
  const [jobId, setJobId] = useState<string>();
  const [release, setRelease] = useState<number>();
  const [reason, setReason] = useState("");
  const plan = useAction("deployments/plan");
  const rollback = useAction("deployments/rollback");
  const job = useJob(jobId);
  const close = () => {
    setRelease(undefined);
    rollback.reset();
    reload();
  };
  const perform = async () => {
    const done = await rollback.run({
      ...(release !== undefined && { release }),
      ...(reason !== "" && { reason }),
    });
    if (done !== undefined) close();
  };
  if (data === undefined) return error === undefined ? <Loading /> : <Problem problem={error} />;
  return (
    <>
      <Problem problem={error} />
      <Panel
        title="Layers"
        actions={
          <button
            type="button"
            disabled={plan.isRunning || job?.state === "running"}
            onClick={() =>
              void plan.run({}).then((started) => {
                setJobId(started?.id);
              })
            }
          >
            {job?.state === "running" ? "Planning…" : "Plan"}
          </button>
        }
      >
        <Table label="Layers" head={["Layer", "Last apply"]}>
          {data.layers.map(({ name, at }) => (
            <tr key={name}>
              <td>{name}</td>
              <td>
                <Time at={at} />
              </td>
            </tr>
          ))}
        </Table>
        <Problem problem={plan.problem} />
        <JobProgress job={job} />
        <Command command={commandLine(session, ["plan", environment])} />
      </Panel>
      <Panel title="Functions">
        <Table label="Functions" head={["Function", <Num>Live version</Num>, <Num>Published</Num>]}>
          {data.functions.map(({ name, live, published }) => (
            <tr key={name} data-function={name}>
              <td>{name}</td>
              <td class="number" data-cell="live">
                {live ?? "–"}
              </td>
              <td class="number">
                {published ?? "–"} {published !== live && <State state="not live" />}
              </td>
            </tr>
          ))}
        </Table>
      </Panel>
      <Panel title="Releases">
        {data.releases.length === 0 ? (
          <Empty>No release is recorded.</Empty>
        ) : (
          <Table label="Releases" head={[<Num>Release</Num>, "State", "Released", "Commit", "Versions", ""]}>
            {data.releases.map(({ number, state, at, commit, versions, isLive, reason: why }) => (
              <tr key={number} data-release={number}>
                <td class="number">{number}</td>
                <td>
                  <State state={isLive ? "live" : state} /> <span class="muted">{why}</span>
                </td>
                <td>
                  <Time at={at} />
                </td>
                <td>
                  <code>{commit.slice(0, 8)}</code>
                </td>
                <td>{Object.values(versions).join(" / ")}</td>
                <td>
                  {state === "good" && !isLive && (
                    <button
                      type="button"
                      onClick={() => {
                        setRelease(number);
                      }}
                    >
                      {number === data.target ? "Roll back…" : "Return to it…"}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </Table>
        )}
        <Command command={commandLine(session, ["versions", environment])} />
      </Panel>
      {release !== undefined && (
        <ConfirmDialog
          title={`Return to release ${release}`}
          command={commandLine(session, ["rollback", environment], { release, reason })}
          typed={environment}
          confirm="Roll back"
          isRunning={rollback.isRunning}
          problem={rollback.problem}
          onConfirm={() => void perform()}
          onClose={close}
        >
          <p>Moves the aliases of all functions, or none. Roles, queues and the table stay as they are.</p>
          <Field label="Reason">
            <input
              value={reason}
              maxLength={200}
              onInput={({ currentTarget }) => {
                setReason(currentTarget.value);
              }}
            />
          </Field>
        </ConfirmDialog>
      )}
    </>
  );
}
