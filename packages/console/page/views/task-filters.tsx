import type { ComponentChildren } from "preact";
import type { TaskState } from "../../src/model";
import { SearchInput, Select } from "../inputs";
import type { Route } from "../router";
import { useSession } from "../session";

const states = ["pending", "queued", "running", "succeeded", "failed", "cancelled"] as const;
const ages = [
  ["", "any"],
  ["5", "over 5 min"],
  ["60", "over 1 h"],
  ["1440", "over 1 d"],
  ["10080", "over 7 d"],
] as const;

/** The filter in an address, as the endpoints take it. */
export function filterOf({ state, type, contains, caller, olderThan }: Route["query"]) {
  return {
    ...(states.some((each) => each === state) && { state: state as TaskState }),
    ...(type !== undefined && { type }),
    ...(contains !== undefined && { contains }),
    ...(caller !== undefined && { caller }),
    ...(/^\d+$/.test(olderThan ?? "") && { olderThan: Number(olderThan) }),
  };
}
export type TaskFilter = ReturnType<typeof filterOf>;

/** The options of the command `tasks` that select the same. */
export const filterOptions = ({ olderThan, ...filter }: TaskFilter) => ({
  ...filter,
  "older-than": olderThan,
});

/** Controls for the filter in the address. */
export function TaskFilters(props: {
  readonly query: Route["query"];
  readonly onChange: (changes: Readonly<Record<string, string>>) => void;
  readonly children: ComponentChildren;
}) {
  const { query, onChange } = props;
  const { types } = useSession();
  const setter = (name: string) => (value: string) => {
    onChange({ [name]: value });
  };
  return (
    <div class="filters" role="search">
      <Select
        label="State"
        value={query.state ?? ""}
        options={[["", "all"], ...states.map((state) => [state, state] as const)]}
        onChange={setter("state")}
      />
      <Select
        label="Type"
        value={query.type ?? ""}
        options={[["", "all"], ...types.map(({ name }) => [name, name] as const)]}
        onChange={setter("type")}
      />
      <Select
        label="Last change"
        value={query.olderThan ?? ""}
        options={ages}
        onChange={setter("olderThan")}
      />
      <SearchInput label="Payload contains" value={query.contains ?? ""} onChange={setter("contains")} />
      <SearchInput label="Caller" value={query.caller ?? ""} onChange={setter("caller")} />
      {props.children}
    </div>
  );
}
