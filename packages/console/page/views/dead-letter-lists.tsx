import type { DeadLetterGroupView, DeadLetterView } from "../../src/model";
import { clock, count } from "../format";
import { hrefOf } from "../router";
import { Num, Panel, Table, Time } from "../ui";

export type Filter = Readonly<{ id?: string; type?: string; reason?: string }>;
type Ask = (action: "redrive" | "purge", filter: Filter, count: number) => void;

export const Groups = (props: {
  readonly groups: readonly DeadLetterGroupView[];
  readonly isTask: boolean;
  readonly onAsk: Ask;
}) => (
  <Table
    label="Dead letters by reason"
    head={[<Num>Count</Num>, "Type", "Reason", "First", "Last", "Sample", ""]}
  >
    {props.groups.map(({ type, reason, count: size, first, last, sample }) => (
      <tr key={`${type} ${reason}`} data-reason={reason}>
        <td class="number">{count(size)}</td>
        <td>{type}</td>
        <td class="wide">{reason}</td>
        <td>
          <Time at={first} />
        </td>
        <td>
          <Time at={last} />
        </td>
        <td>
          {props.isTask && sample.id !== undefined ? (
            <a class="id" href={hrefOf(["tasks", sample.id])}>
              {sample.id}
            </a>
          ) : (
            <code>{sample.messageId.slice(0, 8)}</code>
          )}
        </td>
        <td>
          <button
            type="button"
            onClick={() => {
              props.onAsk("redrive", { type, reason }, size);
            }}
          >
            Redrive…
          </button>
        </td>
      </tr>
    ))}
  </Table>
);

export const Letters = (props: {
  readonly letters: readonly DeadLetterView[];
  readonly total: number;
  readonly onAsk: Ask;
}) => (
  <Panel title={`Messages: ${count(props.letters.length)} of ${count(props.total)}`}>
    <ul class="letters">
      {props.letters.map(({ messageId, type, reason, sentAt, body, id }) => (
        <li key={messageId}>
          <details>
            <summary>
              <code>{id ?? messageId.slice(0, 8)}</code> {type} <span class="muted">{reason}</span>
            </summary>
            <p>
              Message {messageId}, sent {sentAt === "" ? "–" : clock(sentAt)}
            </p>
            <pre class="json" tabIndex={0}>
              {body}
            </pre>
            <button
              type="button"
              onClick={() => {
                props.onAsk("redrive", { id: messageId }, 1);
              }}
            >
              Redrive this…
            </button>
          </details>
        </li>
      ))}
    </ul>
  </Panel>
);
