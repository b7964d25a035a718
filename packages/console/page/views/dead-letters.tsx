import { useState } from "preact/hooks";
import { ConfirmDialog, useAction } from "../actions";
import { count, plural } from "../format";
import { useLive } from "../live";
import { navigate, type Route } from "../router";
import { commandLine, useSession } from "../session";
import { SearchInput, Select } from "../inputs";
import { Command, Empty, Loading, Problem } from "../ui";
import { Groups, Letters, type Filter } from "./dead-letter-lists";

interface Asked {
  readonly action: "redrive" | "purge";
  readonly filter: Filter;
  readonly count: number;
}

export function DeadLetters({ route: { query } }: { readonly route: Route }) {
  const session = useSession();
  const queue = query.queue ?? "task";
  const filter: Filter = {
    ...(query.type !== undefined && { type: query.type }),
    ...(query.reason !== undefined && { reason: query.reason }),
  };
  const { data, error, reload } = useLive("dead-letters", { queue, ...filter }, session.isAws ? 30 : 5);
  const [asked, setAsked] = useState<Asked>();
  const redrive = useAction("dead-letters/redrive");
  const purge = useAction("dead-letters/purge");
  const set = (changes: Readonly<Record<string, string | undefined>>) => {
    navigate(["dead-letters"], { ...query, ...changes });
  };
  const close = () => {
    setAsked(undefined);
    redrive.reset();
    purge.reset();
    reload();
  };
  const perform = async ({ action, filter: chosen }: Asked) => {
    const done = await (action === "redrive" ? redrive : purge).run({ queue, ...chosen });
    if (done !== undefined) close();
  };
  const ask = (action: Asked["action"], chosen: Filter, size: number) => {
    setAsked({ action, filter: chosen, count: size });
  };
  const commandOf = (words: readonly string[], chosen: Filter) =>
    commandLine(session, ["dlq", session.environment, ...words], {
      ...(queue !== "task" && { queue }),
      ...chosen,
    });
  const total = data?.total ?? 0;
  return (
    <>
      <div class="filters" role="search">
        <Select
          label="Queue"
          value={queue}
          options={session.queues.map((name) => [name, name] as const)}
          onChange={(name) => {
            set({ queue: name });
          }}
        />
        <Select
          label="Type"
          value={query.type ?? ""}
          options={[["", "all"], ...session.types.map(({ name }) => [name, name] as const)]}
          onChange={(type) => {
            set({ type });
          }}
        />
        <SearchInput
          label="Reason contains"
          value={query.reason ?? ""}
          onChange={(reason) => {
            set({ reason });
          }}
        />
        {total > 0 && (
          <div class="field">
            <span>Matching</span>
            <div class="buttons">
              <button
                type="button"
                onClick={() => {
                  ask("redrive", filter, total);
                }}
              >
                Redrive {count(total)}…
              </button>
              <button
                type="button"
                onClick={() => {
                  ask("purge", filter, total);
                }}
              >
                Delete…
              </button>
            </div>
          </div>
        )}
      </div>
      <Problem problem={error} />
      {data === undefined ? (
        error === undefined && <Loading />
      ) : data.groups.length === 0 ? (
        <Empty>There are no dead letters{Object.keys(filter).length > 0 && " that match"}.</Empty>
      ) : (
        <>
          <Groups groups={data.groups} onAsk={ask} isTask={queue === "task"} />
          <Letters letters={data.letters} total={data.total} onAsk={ask} />
        </>
      )}
      {data !== undefined && (
        <p class="muted" data-method={data.method}>
          {data.method === "emulator"
            ? "Read by an endpoint of the emulator: no message is received."
            : "Read by ReceiveMessage with a visibility timeout of 0: receive counts rise, and no message is hidden."}
          {data.isBounded && ` Only ${count(data.bound)} messages were read.`}
        </p>
      )}
      <Command command={commandOf(["list"], filter)} />
      {asked !== undefined && (
        <ConfirmDialog
          title={asked.action === "redrive" ? "Move back to the queue" : "Delete dead letters"}
          command={commandOf([asked.action], asked.filter)}
          typed={asked.count > 1 || asked.action === "purge" ? String(asked.count) : undefined}
          confirm={
            asked.action === "redrive" ? `Redrive ${count(asked.count)}` : `Delete ${count(asked.count)}`
          }
          isRunning={redrive.isRunning || purge.isRunning}
          problem={redrive.problem ?? purge.problem}
          onConfirm={() => void perform(asked)}
          onClose={close}
        >
          <p data-selected={asked.count}>
            {plural(asked.count, "dead letter")} would be {asked.action === "redrive" ? "moved" : "deleted"}.
            {asked.action === "redrive" && " Fix the cause first: what fails again returns."}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
