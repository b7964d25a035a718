import { cloneElement, type VNode } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

/** What a field hands to its control. */
export interface ControlProps {
  readonly id?: string;
  readonly "aria-describedby"?: string | undefined;
}

/** A label with its control, which gets the id that the label names. */
export function Field(props: {
  readonly label: string;
  readonly children: VNode<ControlProps>;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}) {
  const id = useId();
  const { hint, error } = props;
  const noteId = `${id}-note`;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {cloneElement(props.children, {
        id,
        "aria-describedby": hint === undefined && error === undefined ? undefined : noteId,
      })}
      {(hint !== undefined || error !== undefined) && (
        <div id={noteId}>
          {hint !== undefined && <small>{hint}</small>}
          {error !== undefined && (
            <small class="error" role="alert">
              {error}
            </small>
          )}
        </div>
      )}
    </div>
  );
}

export function Select(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <Field label={props.label}>
      <select
        value={props.value}
        onChange={(event) => {
          props.onChange(event.currentTarget.value);
        }}
      >
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** An input whose value counts when the user pauses. */
export function SearchInput(props: {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}) {
  const [typed, setTyped] = useState(props.value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // The newest one: another filter may change while the user types.
  const change = useRef(props.onChange);
  change.current = props.onChange;
  useEffect(() => {
    setTyped(props.value);
  }, [props.value]);
  return (
    <Field label={props.label}>
      <input
        type="search"
        value={typed}
        placeholder={props.placeholder ?? ""}
        onInput={(event) => {
          const { value } = event.currentTarget;
          setTyped(value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => {
            change.current(value);
          }, 300);
        }}
      />
    </Field>
  );
}
