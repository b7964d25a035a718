import { useMemo, useState } from "preact/hooks";
import type { ConsoleTask } from "../../src/model";
import { hrefOf } from "../router";
import { State, Table, Time } from "../ui";

type SortKey = "createdAt" | "updatedAt" | "attempts" | "type" | "state";
interface Sort {
  readonly key: SortKey;
  readonly isUp: boolean;
}
const columns: readonly (readonly [SortKey, string])[] = [
  ["type", "Type"],
  ["state", "State"],
  ["attempts", "Attempts"],
  ["createdAt", "Created"],
  ["updatedAt", "Changed"],
];

const sorted = (tasks: readonly ConsoleTask[], sort: Sort | undefined) =>
  sort === undefined
    ? tasks
    : [...tasks].sort((one, other) => {
        const [a, b] = [one[sort.key], other[sort.key]];
        return (a < b ? -1 : a > b ? 1 : 0) * (sort.isUp ? 1 : -1);
      });

/** Down, up, and as the store returns them. */
function nextSort(sort: Sort | undefined, key: SortKey): Sort | undefined {
  if (sort?.key !== key) return { key, isUp: false };
  return sort.isUp ? undefined : { key, isUp: true };
}

/** A page of tasks. The store sorts by creation only: other columns sort the page. */
export function TaskTable(props: {
  readonly tasks: readonly ConsoleTask[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}) {
  const { selected, onSelect } = props;
  const [sort, setSort] = useState<Sort>();
  const tasks = useMemo(() => sorted(props.tasks, sort), [props.tasks, sort]);
  const toggle = (id: string, isSelected: boolean) => {
    const next = new Set(selected);
    if (isSelected) next.add(id);
    else next.delete(id);
    onSelect(next);
  };
  return (
    <Table
      label="Tasks"
      head={[
        <input
          key="all"
          type="checkbox"
          aria-label="Select all of this page"
          checked={selected.size === tasks.length}
          onChange={(event) => {
            onSelect(new Set(event.currentTarget.checked ? tasks.map(({ id }) => id) : []));
          }}
        />,
        "Task",
        ...columns.map(([column, label]) => (
          <button
            key={column}
            type="button"
            class="sort"
            title="Sorts this page; pages are newest first"
            aria-label={`Sort this page by ${label}`}
            onClick={() => {
              setSort(nextSort(sort, column));
            }}
          >
            {label} {sort?.key === column ? (sort.isUp ? "↑" : "↓") : ""}
          </button>
        )),
        "Caller",
        "Error",
      ]}
    >
      {tasks.map((task) => (
        <TaskRow key={task.id} task={task} isSelected={selected.has(task.id)} onSelect={toggle} />
      ))}
    </Table>
  );
}

const TaskRow = (props: {
  readonly task: ConsoleTask;
  readonly isSelected: boolean;
  readonly onSelect: (id: string, isSelected: boolean) => void;
}) => {
  const { id, type, state, attempts, createdAt, updatedAt, caller, error } = props.task;
  return (
    <tr data-id={id}>
      <td>
        <input
          type="checkbox"
          aria-label={`Select ${id}`}
          checked={props.isSelected}
          onChange={(event) => {
            props.onSelect(id, event.currentTarget.checked);
          }}
        />
      </td>
      <td>
        <a class="id" href={hrefOf(["tasks", id])}>
          {id}
        </a>
      </td>
      <td>{type}</td>
      <td>
        <State state={state} />
      </td>
      <td class="number">{attempts}</td>
      <td>
        <Time at={createdAt} />
      </td>
      <td>
        <Time at={updatedAt} />
      </td>
      <td class="cut" title={caller}>
        {caller === undefined ? (
          <span class="muted">–</span>
        ) : (
          <a href={hrefOf(["tasks"], { caller })}>{caller.slice(0, 10)}</a>
        )}
      </td>
      <td class="cut error" title={error}>
        {error}
      </td>
    </tr>
  );
};
