import { setTimeout as delay } from "node:timers/promises";
import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { tableSchema } from "../aws/dynamodb/table-schema";
import { taskKey } from "../aws/dynamodb/task-item";
import { writeUnits } from "./dynamo-capacity";
import { evaluate, updated, type Item, type Placeholders } from "./dynamo-expressions";
import { DynamoIndexes } from "./dynamo-indexes";

type Input<Command extends abstract new (input: never) => unknown> = ConstructorParameters<Command>[0];
type Write = Placeholders & { readonly ConditionExpression?: string | undefined };

const { partitionKey, sortKey } = tableSchema;
const keyOf = (item: Item | undefined) => `${String(item?.[partitionKey])} ${String(item?.[sortKey])}`;

/** What one call has cost. */
export interface TableCall {
  readonly operation: "Get" | "BatchGet" | "Query" | "Put" | "Update" | "TransactWrite";
  /** Items or index entries that were read. */
  readonly examined: number;
  readonly writeUnits: number;
}

/**
 * A DynamoDB table in memory behind the SDK's document client: it evaluates the expressions that it receives, keeps the
 * indexes of the schema with their projections, and counts what each call costs.
 */
export class DynamoTable {
  private readonly items = new Map<string, Item>();
  private readonly indexes = new DynamoIndexes((id) => this.items.get(keyOf(taskKey(id))));
  private readonly tokens = new Set<string>();
  /** Calls since the table was made, or since they were taken. */
  private calls: TableCall[] = [];
  /** Whether another transaction on the same items is in progress. */
  hasConflict = false;
  /** Duration of a call. */
  latencyMilliseconds = 0;
  /** A partition of an index that cannot be read. */
  failing: string | undefined;
  /** Items that one BatchGetItem call returns, at most. */
  batchItems = Infinity;

  /** @param client whose calls it handles; default: those of all clients */
  constructor(client?: DynamoDBDocumentClient) {
    const dynamo = client === undefined ? mockClient(DynamoDBDocumentClient) : mockClient(client);
    dynamo.on(GetCommand).callsFake(
      this.responding(({ Key }: Input<typeof GetCommand>) => {
        this.count("Get", 1);
        return { Item: this.items.get(keyOf(Key)) };
      }),
    );
    dynamo
      .on(BatchGetCommand)
      .callsFake(this.responding((input: Input<typeof BatchGetCommand>) => this.read(input)));
    dynamo.on(PutCommand).callsFake(
      this.responding((input: Input<typeof PutCommand>) => {
        this.check(input, this.items.get(keyOf(input.Item)));
        this.count("Put", 0, this.put(input.Item));
        return {};
      }),
    );
    dynamo.on(UpdateCommand).callsFake(
      this.responding((input: Input<typeof UpdateCommand>) => {
        this.check(input, this.items.get(keyOf(input.Key)));
        this.count("Update", 0, this.update(input));
        return { ...(input.ReturnValues === "ALL_NEW" && { Attributes: this.items.get(keyOf(input.Key)) }) };
      }),
    );
    dynamo.on(TransactWriteCommand).callsFake(
      this.responding((input: Input<typeof TransactWriteCommand>) => {
        this.transact(input);
        return {};
      }),
    );
    dynamo
      .on(QueryCommand)
      .callsFake(this.responding((input: Input<typeof QueryCommand>) => this.query(input)));
  }

  /** As the SDK's client: an error rejects the promise. */
  private responding<In, Out>(respond: (input: In) => Out): (input: In) => Promise<Out> {
    return async (input) => {
      if (this.latencyMilliseconds > 0) await delay(this.latencyMilliseconds);
      return respond(input);
    };
  }

  /** The calls since the last time. */
  takeCalls(): readonly TableCall[] {
    const { calls } = this;
    this.calls = [];
    return calls;
  }

  /** Puts an item without a call. */
  fill(item: Item): void {
    this.indexes.move(this.items.get(keyOf(item)), item);
    this.items.set(keyOf(item), item);
  }

  /** Items of tasks, for assertions on attributes that the repository does not show. */
  find(key: Item): Item | undefined {
    return this.items.get(keyOf(key));
  }

  private count(operation: TableCall["operation"], examined: number, units = 0): void {
    this.calls.push({ operation, examined, writeUnits: units });
  }

  /** @returns write units */
  private put(item: Item | undefined, isTransaction = false): number {
    const key = keyOf(item);
    const before = this.items.get(key);
    const after = item ?? {};
    this.indexes.move(before, after);
    this.items.set(key, after);
    return writeUnits(before, after, isTransaction);
  }

  private update(
    input: Placeholders & Pick<Input<typeof UpdateCommand>, "Key" | "UpdateExpression">,
    isTransaction = false,
  ): number {
    const before = this.items.get(keyOf(input.Key)) ?? input.Key ?? {};
    return this.put(updated(input.UpdateExpression ?? "", before, input), isTransaction);
  }

  private holds({ ConditionExpression, ...placeholders }: Write, item: Item | undefined): boolean {
    return ConditionExpression === undefined || evaluate(ConditionExpression, item, placeholders);
  }

  private check(write: Write, item: Item | undefined): void {
    if (this.holds(write, item)) return;
    throw new ConditionalCheckFailedException({
      $metadata: {},
      message: "The conditional request failed",
      ...(item && { Item: marshall(item, { removeUndefinedValues: true }) }),
    });
  }

  private transact({
    TransactItems = [],
    ClientRequestToken = "",
  }: Input<typeof TransactWriteCommand>): void {
    if (this.tokens.has(ClientRequestToken)) return;
    const codes = TransactItems.map(({ Put, Update }) => {
      if (this.hasConflict) return "TransactionConflict";
      const holds = this.holds(Put ?? Update ?? {}, this.items.get(keyOf(Put?.Item ?? Update?.Key)));
      return holds ? "None" : "ConditionalCheckFailed";
    });
    if (codes.some((code) => code !== "None"))
      throw new TransactionCanceledException({
        $metadata: {},
        message: "Transaction cancelled",
        CancellationReasons: codes.map((Code) => ({ Code })),
      });
    let units = 0;
    for (const { Put, Update } of TransactItems) {
      if (Put !== undefined) units += this.put(Put.Item, true);
      if (Update !== undefined) units += this.update(Update, true);
    }
    this.count("TransactWrite", 0, units);
    this.tokens.add(ClientRequestToken);
  }

  private read({ RequestItems = {} }: Input<typeof BatchGetCommand>) {
    const [[name, { Keys = [] }] = ["", {}]] = Object.entries(RequestItems);
    const [now, later] = [Keys.slice(0, this.batchItems), Keys.slice(this.batchItems)];
    const found = now.flatMap((key) => this.items.get(keyOf(key)) ?? []);
    this.count("BatchGet", now.length);
    // DynamoDB returns the items in no order.
    return {
      Responses: { [name]: found.reverse() },
      UnprocessedKeys: later.length === 0 ? {} : { [name]: { Keys: later } },
    };
  }

  private query(input: Input<typeof QueryCommand>) {
    const partition = String(input.ExpressionAttributeValues?.[":partition"]);
    if (partition === this.failing) throw new Error(`The partition ${partition} is throttled`);
    const { examined, output } = this.indexes.query(input);
    this.count("Query", examined);
    return output;
  }
}
