import type { JsonSchema } from "../src/model";
import { Field, type ControlProps } from "./inputs";

/** A member of a payload, as a form has it. */
export interface Member {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The members of an object's schema; undefined for a schema that a form cannot show. */
export function membersOf(schema: JsonSchema): Member[] | undefined {
  if (schema.type !== "object" || !isObject(schema.properties)) return undefined;
  const required: unknown = schema.required;
  return Object.entries(schema.properties).map(([name, member]) => ({
    name,
    schema: isObject(member) ? member : {},
    isRequired: Array.isArray(required) && required.includes(name),
  }));
}

/** A value that the form starts with. */
export function initialOf({ schema, isRequired }: Member): unknown {
  if ("default" in schema) return schema.default;
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return isRequired ? (schema.enum[0] as unknown) : undefined;
  if (!isRequired) return undefined;
  if (schema.type === "string") return "";
  if (schema.type === "integer" || schema.type === "number")
    return typeof schema.minimum === "number" ? Math.max(0, schema.minimum) : 0;
  return schema.type === "boolean" ? false : undefined;
}

const numberOf = (value: unknown): number | undefined => {
  // zod writes the range of safe integers, which says nothing to a reader.
  if (typeof value !== "number" || Math.abs(value) >= Number.MAX_SAFE_INTEGER) return undefined;
  return value;
};

function hintOf(schema: JsonSchema): string | undefined {
  const parts = [
    typeof schema.description === "string" ? schema.description : undefined,
    numberOf(schema.minimum) === undefined ? undefined : `from ${String(schema.minimum)}`,
    numberOf(schema.maximum) === undefined ? undefined : `to ${String(schema.maximum)}`,
    typeof schema.maxLength === "number"
      ? `at most ${schema.maxLength.toLocaleString("en")} characters`
      : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(", ");
}

/** A control for a member: of its type, or JSON for arrays and objects. */
export function MemberField(props: {
  readonly member: Member;
  readonly value: unknown;
  readonly error: string | undefined;
  readonly onChange: (value: unknown) => void;
}) {
  const { name, schema, isRequired } = props.member;
  const label = isRequired ? name : `${name} (optional)`;
  return (
    <Field label={label} hint={hintOf(schema)} error={props.error}>
      <Control member={props.member} value={props.value} onChange={props.onChange} />
    </Field>
  );
}

function Control({
  member: { name, schema, isRequired },
  value,
  onChange,
  ...labelled
}: ControlProps & {
  readonly member: Member;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}) {
  if (Array.isArray(schema.enum) || schema.type === "boolean") {
    const options: unknown[] = Array.isArray(schema.enum) ? schema.enum : [true, false];
    return (
      <select
        {...labelled}
        name={name}
        value={value === undefined ? "" : JSON.stringify(value)}
        onChange={({ currentTarget: { value: chosen } }) => {
          onChange(chosen === "" ? undefined : (JSON.parse(chosen) as unknown));
        }}
      >
        {!isRequired && <option value="">–</option>}
        {options.map((option) => (
          <option key={JSON.stringify(option)} value={JSON.stringify(option)}>
            {String(option)}
          </option>
        ))}
      </select>
    );
  }
  if (schema.type === "integer" || schema.type === "number")
    return (
      <input
        {...labelled}
        type="number"
        name={name}
        required={isRequired}
        step={schema.type === "integer" ? 1 : "any"}
        min={numberOf(schema.minimum)}
        max={numberOf(schema.maximum)}
        value={typeof value === "number" ? value : ""}
        onInput={({ currentTarget: { value: typed } }) => {
          onChange(typed === "" ? undefined : Number(typed));
        }}
      />
    );
  if (schema.type === "string") {
    const isSecret = schema.writeOnly === true || schema.format === "password";
    const common = {
      ...labelled,
      name,
      value: typeof value === "string" ? value : "",
      onInput: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) => {
        onChange(currentTarget.value === "" && !isRequired ? undefined : currentTarget.value);
      },
    };
    return isSecret ? (
      <input type="password" autocomplete="off" {...common} />
    ) : (
      <textarea rows={2} {...common} />
    );
  }
  return <JsonInput {...labelled} name={name} value={value} onChange={onChange} />;
}

/** A textarea with JSON; what is no JSON yet is kept as it is typed. */
export function JsonInput(
  props: ControlProps & {
    readonly name: string;
    readonly value: unknown;
    readonly rows?: number;
    readonly onChange: (value: unknown) => void;
  },
) {
  return (
    <textarea
      id={props.id}
      aria-describedby={props["aria-describedby"]}
      class="mono"
      name={props.name}
      rows={props.rows ?? 4}
      spellcheck={false}
      defaultValue={props.value === undefined ? "" : JSON.stringify(props.value, null, 2)}
      onInput={({ currentTarget }) => {
        const { value } = currentTarget;
        try {
          props.onChange(value.trim() === "" ? undefined : (JSON.parse(value) as unknown));
          currentTarget.setCustomValidity("");
        } catch (error) {
          currentTarget.setCustomValidity(error instanceof Error ? error.message : String(error));
        }
      }}
    />
  );
}
