import { useEffect, useState } from "preact/hooks";
import { useAction } from "../actions";
import { count, plural } from "../format";
import { useLive } from "../live";
import { hrefOf, navigate, type Route } from "../router";
import { commandLine, useSession } from "../session";
import { Command, Empty, Loading, Problem } from "../ui";
import { BulkDialog } from "./bulk-tasks";
import { filterOf, filterOptions, TaskFilters } from "./task-filters";
import { TaskTable } from "./task-table";

export function Tasks({ route: { query } }: { readonly route: Route }) {
  const session = useSession();
  const { environment } = session;
  const filter = filterOf(query);
  const { cursor } = query;
  const { data, error, isLoading, reload } = useLive("tasks", { ...filter, cursor, limit: 50 }, 3);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [bulk, setBulk] = useState<"retry" | "cancel">();
  const change = useAction("tasks/change");
  const key = JSON.stringify([filter, cursor]);
  useEffect(() => {
    setSelected(new Set());
  }, [key]);
  const changeSelected = async (kind: "retry" | "cancel") => {
    const done = await change.run({ change: kind, ids: [...selected] });
    if (done !== undefined) setSelected(new Set());
    reload();
  };
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <>
      <TaskFilters
        query={query}
        onChange={(changes) => {
          navigate(["tasks"], { ...query, cursor: undefined, ...changes });
        }}
      >
        <div class="field">
          <span>All that match</span>
          <div class="buttons">
            {(["retry", "cancel"] as const).map((kind) => (
              <button
                key={kind}
                type="button"
                onClick={() => {
                  setBulk(kind);
                }}
              >
                {kind === "retry" ? "Retry…" : "Cancel…"}
              </button>
            ))}
          </div>
        </div>
      </TaskFilters>
      <Problem problem={error} />
      <Problem problem={change.problem} />
      {selected.size > 0 && (
        <div class="selection" role="status">
          <span>{plural(selected.size, "task")} selected</span>
          {(["retry", "cancel"] as const).map((kind) => (
            <button
              key={kind}
              type="button"
              disabled={change.isRunning}
              onClick={() => void changeSelected(kind)}
            >
              {kind === "retry" ? "Retry selected" : "Cancel selected"}
            </button>
          ))}
          <Command command={commandLine(session, ["tasks", "retry", environment, ...selected])} />
        </div>
      )}
      {data === undefined ? (
        isLoading && <Loading />
      ) : data.tasks.length === 0 ? (
        <Empty>
          {isFiltered ? "No task matches." : "There are no tasks yet."}{" "}
          <a href={hrefOf(["new"])}>Create one</a>
        </Empty>
      ) : (
        <TaskTable tasks={data.tasks} selected={selected} onSelect={setSelected} />
      )}
      <footer class="pages">
        {data !== undefined && (
          <span class="muted">
            {count(data.tasks.length)} shown, {count(data.examined)} read
            {data.cursor !== undefined && isFiltered && `; a page reads at most ${count(data.bound)}`}
          </span>
        )}
        {cursor !== undefined && <a href={hrefOf(["tasks"], { ...query, cursor: undefined })}>Newest</a>}
        {data?.cursor !== undefined && (
          <a href={hrefOf(["tasks"], { ...query, cursor: data.cursor })}>Older →</a>
        )}
      </footer>
      <Command command={commandLine(session, ["tasks", "list", environment], filterOptions(filter))} />
      {bulk !== undefined && (
        <BulkDialog
          change={bulk}
          filter={filter}
          onClose={() => {
            setBulk(undefined);
            reload();
          }}
        />
      )}
    </>
  );
}
