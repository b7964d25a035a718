import { Chart } from "../chart";
import { count, duration } from "../format";
import { useLive } from "../live";
import { hrefOf, navigate, type Route } from "../router";
import { commandLine, useSession } from "../session";
import { Select } from "../inputs";
import { Command, Empty, Loading, Num, Panel, Problem, Table } from "../ui";
import { Sources } from "./event-sources";

const periods = ["1", "3", "6", "12", "24"] as const;
const time = (milliseconds: number | undefined) =>
  milliseconds === undefined ? "–" : duration(milliseconds);

export function Rates({ route: { query } }: { readonly route: Route }) {
  const session = useSession();
  const hours = Number(periods.find((each) => each === query.hours) ?? "3");
  const { data, error } = useLive("rates", { hours }, session.isAws ? 60 : 5);
  const status = useLive("status", {}, session.isAws ? 30 : 5);
  return (
    <>
      <div class="filters">
        <Select
          label="Period"
          value={String(hours)}
          options={periods.map((each) => [each, `last ${each} h`] as const)}
          onChange={(value) => {
            navigate(["rates"], { hours: value });
          }}
        />
      </div>
      <Problem problem={error} />
      {data === undefined ? (
        error === undefined && <Loading />
      ) : (
        <>
          <Panel title="Tasks per minute">
            <Chart
              label={`Accepted, succeeded and failed tasks per minute over ${hours} hours`}
              times={data.series.minutes}
              series={[
                { label: "accepted", colour: "--accepted", values: data.series.accepted },
                { label: "succeeded", colour: "--succeeded", values: data.series.succeeded },
                { label: "failed", colour: "--failed", values: data.series.failed },
              ]}
            />
            <p class="muted" data-source={data.source}>
              From {data.source === "logs" ? "the metrics in the functions' logs" : "CloudWatch metrics"}
              {data.isBounded && "; not all log lines were read, so that the newest are missing"}.
            </p>
          </Panel>
          <Panel title="Queues">
            <Table
              label="Queues"
              head={[
                "Queue",
                <Num>Visible</Num>,
                <Num>In flight</Num>,
                <Num>Delayed</Num>,
                <Num>Oldest</Num>,
              ]}
            >
              {data.queues.map(({ name, visible, inFlight, delayed, oldestSeconds }) => (
                <tr key={name} data-queue={name}>
                  <td>{name.endsWith("-dlq") ? <a href={hrefOf(["dead-letters"])}>{name}</a> : name}</td>
                  <td class="number" data-cell="visible">
                    {count(visible)}
                  </td>
                  <td class="number">{count(inFlight)}</td>
                  <td class="number">{count(delayed)}</td>
                  <td class="number">
                    {oldestSeconds === undefined ? "–" : duration(oldestSeconds * 1_000)}
                  </td>
                </tr>
              ))}
            </Table>
          </Panel>
          <Panel title="Task types">
            {data.types.length === 0 ? (
              <Empty>No task in this period.</Empty>
            ) : (
              <Table
                label="Task types"
                head={[
                  "Type",
                  <Num>Accepted</Num>,
                  <Num>Succeeded</Num>,
                  <Num>Failed</Num>,
                  <Num>p95 wait</Num>,
                  <Num>p95 run</Num>,
                  <Num>p95 total</Num>,
                ]}
              >
                {data.types.map(({ type, accepted, succeeded, failed, waitP95, runP95, totalP95 }) => (
                  <tr key={type} data-type={type}>
                    <td>{type}</td>
                    <td class="number">{count(accepted)}</td>
                    <td class="number">{count(succeeded)}</td>
                    <td class={failed > 0 ? "number error" : "number"}>{count(failed)}</td>
                    <td class="number">{time(waitP95)}</td>
                    <td class="number">{time(runP95)}</td>
                    <td class="number">{time(totalP95)}</td>
                  </tr>
                ))}
              </Table>
            )}
          </Panel>
        </>
      )}
      {status.data !== undefined && <Sources status={status.data} onChange={status.reload} />}
      <Command command={commandLine(session, ["status", session.environment])} />
    </>
  );
}
