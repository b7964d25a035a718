import { useEffect, useState } from "preact/hooks";
import { useAction } from "../actions";
import { get, problemOf } from "../api";
import { plural } from "../format";
import { hrefOf, navigate, type Route } from "../router";
import { JsonInput, initialOf, MemberField, membersOf } from "../schema-form";
import { commandLine, useSession } from "../session";
import { Field, Select } from "../inputs";
import { Command, Empty, Json, Panel, Problem } from "../ui";

type Payload = Readonly<Record<string, unknown>>;

const withoutUndefined = (payload: Payload): Payload =>
  Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));

export function NewTask({ route: { query } }: { readonly route: Route }) {
  const session = useSession();
  const [loaded, setLoaded] = useState<{ readonly type: string; readonly payload: Payload }>();
  const [problem, setProblem] = useState<ReturnType<typeof problemOf>>();
  const { from } = query;
  useEffect(() => {
    setLoaded(undefined);
    if (from === undefined) return;
    get("task", { id: from }).then(
      ({ task: { type, payload } }) => {
        setLoaded({ type, payload });
      },
      (error: unknown) => {
        setProblem(problemOf(error));
      },
    );
  }, [from]);
  if (problem !== undefined) return <Problem problem={problem} />;
  if (from !== undefined && loaded === undefined) return <p role="status">Loading the payload…</p>;
  const type = loaded?.type ?? query.type ?? session.types[0]?.name ?? "";
  if (!session.types.some(({ name }) => name === type))
    return <Empty>This version of the service has no task type {type}.</Empty>;
  return <TaskForm key={`${from ?? ""} ${type}`} type={type} initial={loaded?.payload} from={from} />;
}

function TaskForm(props: {
  readonly type: string;
  readonly initial: Payload | undefined;
  readonly from: string | undefined;
}) {
  const { type, initial, from } = props;
  const session = useSession();
  const schema = session.types.find(({ name }) => name === type)?.schema ?? {};
  const members = membersOf(schema);
  const [isJson, setJson] = useState(members === undefined);
  const [payload, setPayload] = useState<Payload>(
    () => initial ?? Object.fromEntries((members ?? []).map((member) => [member.name, initialOf(member)])),
  );
  const [copies, setCopies] = useState(1);
  const [created, setCreated] = useState<readonly string[]>();
  const create = useAction("tasks/create");
  const sent = withoutUndefined(payload);
  const errors = create.problem?.errors ?? [];
  const errorOf = (name: string) =>
    errors.find(({ pointer }) => pointer === `/${name}` || pointer.startsWith(`/${name}/`))?.detail;
  const submit = async () => {
    setCreated(undefined);
    const done = await create.run({
      type,
      payload: sent,
      count: copies,
      ...(from !== undefined && { from }),
    });
    if (done !== undefined) setCreated(done.ids);
  };
  return (
    <div class="columns">
      <Panel
        title={from === undefined ? "Task" : "Run again, edited"}
        actions={
          members !== undefined && (
            <button
              type="button"
              class="quiet"
              onClick={() => {
                setJson(!isJson);
              }}
            >
              {isJson ? "As a form" : "As JSON"}
            </button>
          )
        }
      >
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          {from === undefined ? (
            <Select
              label="Type"
              value={type}
              options={session.types.map(({ name }) => [name, name] as const)}
              onChange={(name) => {
                navigate(["new"], { type: name });
              }}
            />
          ) : (
            <p>
              {type}, from the payload of{" "}
              <a class="id" href={hrefOf(["tasks", from])}>
                {from}
              </a>
            </p>
          )}
          {isJson || members === undefined ? (
            <Field label="Payload">
              <JsonInput
                name="payload"
                rows={10}
                value={sent}
                onChange={(value) => {
                  setPayload(typeof value === "object" && value !== null ? (value as Payload) : {});
                }}
              />
            </Field>
          ) : (
            members.map((member) => (
              <MemberField
                key={member.name}
                member={member}
                value={payload[member.name]}
                error={errorOf(member.name)}
                onChange={(value) => {
                  setPayload((before) => ({ ...before, [member.name]: value }));
                }}
              />
            ))
          )}
          <Field label="Tasks" hint="Each is created by a request of its own.">
            <input
              type="number"
              name="count"
              min={1}
              max={1000}
              required
              value={copies}
              onInput={({ currentTarget: { value } }) => {
                setCopies(Number(value));
              }}
            />
          </Field>
          <Problem problem={create.problem} />
          <footer>
            <button type="submit" class="primary" disabled={create.isRunning}>
              {create.isRunning ? "Creating…" : `Create ${plural(copies, "task")}`}
            </button>
          </footer>
        </form>
        {created !== undefined && (
          <div class="created" role="status">
            <p>Created {plural(created.length, "task")}:</p>
            <ul>
              {created.slice(0, 20).map((id) => (
                <li key={id}>
                  <a class="id" href={hrefOf(["tasks", id])}>
                    {id}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        )}
      </Panel>
      <div>
        <Panel title="Request">
          <Json value={{ type, payload: sent }} />
          <Command
            command={commandLine(session, ["tasks", "create", session.environment], {
              type,
              payload: JSON.stringify(sent),
              ...(copies > 1 && { count: copies }),
            })}
          />
        </Panel>
        <Panel title="Schema">
          <Json value={schema} />
        </Panel>
      </div>
    </div>
  );
}
