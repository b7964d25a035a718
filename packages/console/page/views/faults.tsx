import { useState } from "preact/hooks";
import type { FaultName } from "../../src/model";
import { useAction } from "../actions";
import { count } from "../format";
import { Field } from "../inputs";
import { useLive } from "../live";
import { commandLine, useSession } from "../session";
import { Command, Empty, Loading, Panel, Problem } from "../ui";

export function Faults() {
  const session = useSession();
  const { data, error, reload } = useLive("faults", {}, 1);
  const [chosen, setChosen] = useState<readonly FaultName[]>(["fail SQS"]);
  const [tasks, setTasks] = useState(20);
  const start = useAction("faults/start");
  const stop = useAction("faults/stop");
  const { offered, unavailable } = session.faults;
  if (unavailable !== undefined) return <Empty>{unavailable}</Empty>;
  const isBusy = start.isRunning || stop.isRunning;
  return (
    <>
      <Problem problem={error} />
      <Panel title="Inject faults into the functions' calls">
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            void start.run({ faults: [...chosen], tasks }).then(reload);
          }}
        >
          <fieldset>
            <legend class="muted">Faults</legend>
            {offered.map(({ name, description }) => (
              <label key={name} class="check">
                <input
                  type="checkbox"
                  name={name}
                  checked={chosen.includes(name)}
                  onChange={({ currentTarget: { checked } }) => {
                    setChosen(checked ? [...chosen, name] : chosen.filter((each) => each !== name));
                  }}
                />
                <span>
                  <strong>{name}</strong> <span class="muted">{description}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <Field label="Tasks" hint="They are created while the faults are injected.">
            <input
              type="number"
              min={1}
              max={500}
              required
              value={tasks}
              onInput={({ currentTarget }) => {
                setTasks(Number(currentTarget.value));
              }}
            />
          </Field>
          <Problem problem={start.problem ?? stop.problem} />
          <footer>
            <button
              type="button"
              disabled={isBusy || data?.isRunning !== true}
              onClick={() => void stop.run({}).then(reload)}
            >
              {stop.isRunning ? "Restoring…" : "Stop"}
            </button>
            <button type="submit" class="primary" disabled={isBusy || chosen.length === 0}>
              {start.isRunning ? "Creating tasks…" : "Start"}
            </button>
          </footer>
        </form>
      </Panel>
      {data === undefined ? (
        error === undefined && <Loading />
      ) : (
        <Panel title={data.isRunning ? `Active: ${data.active.join(", ")}` : "Counters"}>
          <dl class="counters" aria-live="polite">
            {(["accepted", "done", "open", "lost", "duplicated", "injected"] as const).map((name) => (
              <div key={name} class={name === "lost" || name === "duplicated" ? "guarded" : ""}>
                <dt>{name}</dt>
                <dd
                  data-counter={name}
                  class={(name === "lost" || name === "duplicated") && data[name] > 0 ? "error" : ""}
                >
                  {count(data[name])}
                </dd>
              </div>
            ))}
          </dl>
          {data.isRunning && (
            <p class="note">
              The functions call SQS and the store through proxies until Stop, or the end of the console.
            </p>
          )}
        </Panel>
      )}
      <Command
        command={commandLine(
          session,
          ["inject", session.environment, chosen.map((name) => name.replaceAll(" ", "-")).join(",")],
          { tasks },
        )}
      />
    </>
  );
}
