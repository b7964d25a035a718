import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ConsoleProblem } from "../src/model";
import { clock, relative } from "./format";

export const State = ({ state }: { readonly state: string }) => (
  <span class={`state state-${state.replaceAll(" ", "-")}`}>{state}</span>
);

/** A time that the browser's time zone shows on hover. */
export const Time = ({ at }: { readonly at: string | undefined }) =>
  at === undefined || at === "" ? (
    <span class="muted">–</span>
  ) : (
    <time dateTime={at} title={clock(at)}>
      {relative(at)}
    </time>
  );

export function Problem({ problem }: { readonly problem: ConsoleProblem | undefined }) {
  if (problem === undefined) return null;
  return (
    <div class="problem" role="alert" data-code={problem.code}>
      <strong>{problem.message}</strong>
      {problem.expected !== undefined && <p>Expected: {problem.expected}</p>}
      {problem.next !== undefined && <p>Next: {problem.next}</p>}
      {problem.errors?.map(({ pointer, detail }) => (
        <p key={pointer}>
          <code>{pointer === "" ? "/" : pointer}</code> {detail}
        </p>
      ))}
    </div>
  );
}

export const Empty = ({ children }: { readonly children: ComponentChildren }) => (
  <div class="empty">{children}</div>
);

/** Lines as wide as a response will be, so that nothing moves when it arrives. */
export const Loading = () => (
  <div class="loading" role="status" aria-label="Loading">
    <i />
    <i />
    <i />
  </div>
);

export function Panel(props: {
  readonly title: string;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly class?: string;
}) {
  return (
    <section class={`panel ${props.class ?? ""}`}>
      <header>
        <h2>{props.title}</h2>
        <div class="actions">{props.actions}</div>
      </header>
      {props.children}
    </section>
  );
}

/** A table that scrolls by itself, so that the page does not at 390 px. */
export const Table = (props: {
  readonly label: string;
  readonly head: readonly ComponentChildren[];
  readonly children: ComponentChildren;
}) => (
  <div class="scroll" tabIndex={0} role="region" aria-label={props.label}>
    <table>
      <thead>
        <tr>
          {props.head.map((cell, at) => (
            <th key={at} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
  </div>
);

/** The head of a column of numbers. */
export const Num = ({ children }: { readonly children: ComponentChildren }) => (
  <span class="number">{children}</span>
);

export function Copy({ value, label = "Copy" }: { readonly value: string; readonly label?: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(value).then(() => {
      setCopied(true);
      setTimeout(() => {
        setCopied(false);
      }, 1_500);
    });
  };
  return (
    <button type="button" class="quiet" onClick={copy} aria-label={`${label}: ${value}`}>
      {isCopied ? "Copied" : label}
    </button>
  );
}

/** The command that does what the page does. */
export const Command = ({ command }: { readonly command: string }) => (
  <div class="command">
    <code data-command>{command}</code>
    <Copy value={command} />
  </div>
);

export const Json = ({ value }: { readonly value: unknown }) => (
  <pre class="json" tabIndex={0}>
    {JSON.stringify(value, null, 2)}
  </pre>
);

/** A modal dialog: Escape closes it, and the focus stays in it. */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} onClose={props.onClose} aria-label={props.title}>
      <header>
        <h2>{props.title}</h2>
        <button type="button" class="quiet" onClick={props.onClose} aria-label="Close">
          ✕
        </button>
      </header>
      {props.children}
    </dialog>
  );
}
