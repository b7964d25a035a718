import { useLive } from "../live";
import { useSession } from "../session";
import { Empty, Loading, Problem, State, Table, Time } from "../ui";

/** What was changed by this console, of the audit log. */
export function Activity() {
  const { isAws } = useSession();
  const { data, error } = useLive("audit", {}, 5);
  if (data === undefined) return error === undefined ? <Loading /> : <Problem problem={error} />;
  return (
    <>
      <Problem problem={error} />
      {data.length === 0 ? (
        <Empty>This console has changed nothing yet.</Empty>
      ) : (
        <Table label="Changes" head={["When", "Who", "Operation", "Outcome", "Input"]}>
          {data.map(({ at, who, operation, input, outcome, detail }) => (
            <tr key={`${at} ${operation}`}>
              <td>
                <Time at={at} />
              </td>
              <td>{who}</td>
              <td>{operation}</td>
              <td>
                <State state={outcome} />
              </td>
              <td class="wide">
                <code>{JSON.stringify(input)}</code> <span class="muted">{detail}</span>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <p class="muted">
        From the audit log in .local/console on this machine.
        {isAws && " CloudTrail has the calls of AWS, too."}
      </p>
    </>
  );
}
