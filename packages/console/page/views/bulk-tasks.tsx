import { useEffect, useState } from "preact/hooks";
import type { ConsoleProblem, SelectionResult } from "../../src/model";
import { ConfirmDialog, JobProgress, useAction, useJob } from "../actions";
import { get, problemOf } from "../api";
import { count, plural } from "../format";
import { commandLine, useSession } from "../session";
import { Dialog, Loading, Num, Problem, State, Table, Time } from "../ui";
import { filterOptions, type TaskFilter } from "./task-filters";

/** Counts the matching tasks, and changes them when their number is typed. */
export function BulkDialog(props: {
  readonly change: "retry" | "cancel";
  readonly filter: TaskFilter;
  readonly onClose: () => void;
}) {
  const { change, filter, onClose } = props;
  const session = useSession();
  const [found, setFound] = useState<SelectionResult>();
  const [problem, setProblem] = useState<ConsoleProblem>();
  const [jobId, setJobId] = useState<string>();
  const action = useAction("tasks/change-selected");
  const job = useJob(jobId);
  const key = JSON.stringify(filter);
  useEffect(() => {
    const controller = new AbortController();
    get("selection", { ...filter, change }, controller.signal).then(setFound, (error: unknown) => {
      if (!controller.signal.aborted) setProblem(problemOf(error));
    });
    return () => {
      controller.abort();
    };
  }, [change, key]);
  const title = change === "retry" ? "Retry the matching tasks" : "Cancel the matching tasks";
  if (found === undefined || found.selected === 0)
    return (
      <Dialog title={title} onClose={onClose}>
        <Problem problem={problem} />
        {problem === undefined && found === undefined && <Loading />}
        {found !== undefined && (
          <p>
            None of the matching tasks is {change === "retry" ? "failed" : "pending or queued"}.
            {found.isBounded && ` ${count(found.bound)} tasks were read.`}
          </p>
        )}
      </Dialog>
    );
  const { selected, groups, isBounded, bound } = found;
  if (jobId !== undefined)
    return (
      <Dialog title={title} onClose={onClose}>
        <JobProgress job={job} />
      </Dialog>
    );
  return (
    <ConfirmDialog
      title={title}
      command={commandLine(session, ["tasks", change, session.environment], {
        ...filterOptions(filter),
        yes: true,
      })}
      typed={String(selected)}
      confirm={
        change === "retry" ? `Retry ${plural(selected, "task")}` : `Cancel ${plural(selected, "task")}`
      }
      isRunning={action.isRunning}
      problem={action.problem}
      onClose={onClose}
      onConfirm={() => {
        void action.run({ ...filter, change, expected: selected }).then((started) => {
          if (started !== undefined) setJobId(started.id);
        });
      }}
    >
      <p data-selected={selected}>
        {plural(selected, "task")} would be changed.
        {isBounded && ` Counting stopped after ${count(bound)} tasks; repeat it afterwards.`}
      </p>
      <Table label="Selected tasks" head={[<Num>Count</Num>, "Type", "State", "Oldest change"]}>
        {groups.map(({ type, state, count: size, oldest }) => (
          <tr key={`${type} ${state}`}>
            <td class="number">{count(size)}</td>
            <td>{type}</td>
            <td>
              <State state={state} />
            </td>
            <td>
              <Time at={oldest} />
            </td>
          </tr>
        ))}
      </Table>
    </ConfirmDialog>
  );
}
