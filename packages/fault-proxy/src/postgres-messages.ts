/**
 * Messages of PostgreSQL's protocol, as far as a proxy needs them:
 * https://www.postgresql.org/docs/16/protocol-message-formats.html
 */
export interface Message {
  /** One character; empty for the first message of a client. */
  readonly type: string;
  /** Without type and length. */
  readonly body: Buffer;
  /** The whole message. */
  readonly bytes: Buffer;
}

/** Splits a stream into messages. */
export class MessageReader {
  private rest: Buffer = Buffer.alloc(0);

  /** @param hasStartup whether the first message has no type, as that of a client */
  constructor(private hasStartup: boolean) {}

  read(chunk: Buffer): Message[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const messages: Message[] = [];
    for (;;) {
      const start = this.hasStartup ? 0 : 1;
      if (this.rest.length < start + 4) return messages;
      const end = start + this.rest.readUInt32BE(start);
      if (this.rest.length < end) return messages;
      const bytes = this.rest.subarray(0, end);
      this.rest = this.rest.subarray(end);
      messages.push({
        type: bytes.toString("latin1", 0, start),
        body: bytes.subarray(start + 4),
        bytes,
      });
      this.hasStartup = false;
    }
  }
}

/** A statement, and the values that a client has bound to it. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly (string | null)[];
}

/** The statement of the messages up to Sync, or of a simple query. */
export function statementOf(messages: readonly Message[]): Statement {
  let sql = "";
  let values: (string | null)[] = [];
  for (const { type, body } of messages) {
    if (type === "Q") sql = new Fields(body).string();
    if (type === "P") sql = parsedSql(body);
    if (type === "B") values = boundValues(body);
  }
  return { sql, values };
}

function parsedSql(body: Buffer): string {
  const fields = new Fields(body);
  fields.string();
  return fields.string();
}

function boundValues(body: Buffer): (string | null)[] {
  const fields = new Fields(body);
  // The names of the portal and of the statement.
  fields.string();
  fields.string();
  for (let formats = fields.int16(); formats > 0; formats -= 1) fields.int16();
  return Array.from({ length: fields.int16() }, () => fields.value());
}

/** The number of rows that a statement has changed or returned: `UPDATE 1`, `INSERT 0 1`. */
export const rowsOf = ({ body }: Message): number =>
  Number(/(\d+)$/.exec(new Fields(body).string())?.[1] ?? 0);

/** Reads the fields of a message in their order. */
class Fields {
  private at = 0;

  constructor(private readonly body: Buffer) {}

  string(): string {
    const end = this.body.indexOf(0, this.at);
    const text = this.body.toString("utf8", this.at, end);
    this.at = end + 1;
    return text;
  }

  int16(): number {
    this.at += 2;
    return this.body.readInt16BE(this.at - 2);
  }

  value(): string | null {
    const length = this.body.readInt32BE(this.at);
    this.at += 4;
    if (length < 0) return null;
    this.at += length;
    return this.body.toString("utf8", this.at - length, this.at);
  }
}

/** An error that ends the statement, after which the connection accepts the next one. */
export function errorResponse(code: string, message: string): Buffer {
  const fields = ["SERROR", "VERROR", `C${code}`, `M${message}`].map((field) => `${field}\0`).join("");
  return Buffer.concat([messageOf("E", `${fields}\0`), messageOf("Z", "I")]);
}

function messageOf(type: string, body: string): Buffer {
  const bytes = Buffer.from(`${type}....${body}`);
  bytes.writeUInt32BE(bytes.length - 1, 1);
  return bytes;
}
