import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { EndpointName, GivenInput, Output } from "../src/endpoints";
import type { ConsoleProblem, JobView } from "../src/model";
import { get, post, problemOf } from "./api";
import { count } from "./format";
import { useSession } from "./session";
import { Field } from "./inputs";
import { Command, Dialog, Problem } from "./ui";

export interface Action<Name extends EndpointName> {
  readonly isRunning: boolean;
  readonly problem: ConsoleProblem | undefined;
  readonly run: (input: GivenInput<Name>) => Promise<Output<Name> | undefined>;
  readonly reset: () => void;
}

/** Sends a change once at a time, and keeps its error. */
export function useAction<Name extends EndpointName>(name: Name): Action<Name> {
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<ConsoleProblem>();
  const run = async (input: GivenInput<Name>) => {
    setRunning(true);
    setProblem(undefined);
    try {
      return await post(name, input);
    } catch (error) {
      setProblem(problemOf(error));
      return undefined;
    } finally {
      setRunning(false);
    }
  };
  const reset = () => {
    setProblem(undefined);
  };
  return { isRunning, problem, run, reset };
}

/** Asks for a confirmation; shows the command that does the same. */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly command: string;
  /** What the user has to type; none for a change that is easily undone. */
  readonly typed?: string | undefined;
  readonly confirm: string;
  readonly isRunning: boolean;
  readonly problem: ConsoleProblem | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
}) {
  const [given, setGiven] = useState("");
  const { readOnly } = useSession();
  const isTyped = props.typed === undefined || given === props.typed;
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isTyped && !props.isRunning) props.onConfirm();
        }}
      >
        {props.children}
        <Command command={props.command} />
        {readOnly && (
          <p class="note">This console is read-only: run the command, or start it with --write.</p>
        )}
        {props.typed !== undefined && (
          <Field label={`Type ${props.typed} to confirm`}>
            <input
              value={given}
              autocomplete="off"
              onInput={(event) => {
                setGiven(event.currentTarget.value);
              }}
            />
          </Field>
        )}
        <Problem problem={props.problem} />
        <footer>
          <button type="button" onClick={props.onClose}>
            Close
          </button>
          <button type="submit" class="primary" disabled={!isTyped || props.isRunning}>
            {props.isRunning ? "Working…" : props.confirm}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

const pollMilliseconds = 500;

/** The progress of a job until it ends. */
export function useJob(id: string | undefined, onEnd: () => void = () => undefined): JobView | undefined {
  const [job, setJob] = useState<JobView>();
  useEffect(() => {
    setJob(undefined);
    if (id === undefined) return;
    let timer: ReturnType<typeof setTimeout>;
    let isEnded = false;
    const poll = async () => {
      const found = await get("job", { id }).catch(() => undefined);
      if (isEnded) return;
      if (found !== undefined) setJob(found);
      if (found?.state === "running" || found === undefined)
        timer = setTimeout(() => void poll(), pollMilliseconds);
      else onEnd();
    };
    void poll();
    return () => {
      isEnded = true;
      clearTimeout(timer);
    };
  }, [id]);
  return job;
}

export function JobProgress({ job }: { readonly job: JobView | undefined }) {
  if (job === undefined) return null;
  const { state, done, total, skipped = 0, error, lines } = job;
  return (
    <div class="job" role="status" data-state={state}>
      {total !== undefined && <progress max={total} value={done + skipped} aria-label="Progress" />}
      <p>
        {state === "running" ? "Running" : state === "done" ? "Done" : "Failed"}
        {total !== undefined && `: ${count(done)} of ${count(total)}, ${count(skipped)} skipped`}
      </p>
      {error !== undefined && <p class="error">{error}</p>}
      {lines.length > 0 && <pre tabIndex={0}>{lines.join("\n")}</pre>}
    </div>
  );
}
