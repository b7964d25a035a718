import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
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
import { evaluate, updated, type Item, type Placeholders } from "./dynamo-expressions";

type Input<Command extends abstract new (input: never) => unknown> = ConstructorParameters<Command>[0];
type Write = Placeholders & { readonly ConditionExpression?: string | undefined };

const { partitionKey, sortKey } = tableSchema;
const keyOf = (item: Item | undefined) => `${String(item?.[partitionKey])} ${String(item?.[sortKey])}`;

/** As the SDK's client: an error rejects the promise. */
const responding =
  <In, Out>(respond: (input: In) => Out) =>
  (input: In): Promise<Out> =>
    new Promise((resolve) => {
      resolve(respond(input));
    });

/** A DynamoDB table in memory behind the SDK's document client: it evaluates the expressions that it receives. */
export class DynamoTable {
  private readonly items = new Map<string, Item>();
  private readonly tokens = new Set<string>();
  private readonly dynamo = mockClient(DynamoDBDocumentClient);
  /** Whether another transaction on the same items is in progress. */
  hasConflict = false;

  constructor() {
    const { dynamo } = this;
    dynamo
      .on(GetCommand)
      .callsFake(responding(({ Key }: Input<typeof GetCommand>) => ({ Item: this.items.get(keyOf(Key)) })));
    dynamo.on(PutCommand).callsFake(
      responding((input: Input<typeof PutCommand>) => {
        this.check(input, this.items.get(keyOf(input.Item)));
        return this.put(input.Item);
      }),
    );
    dynamo.on(UpdateCommand).callsFake(
      responding((input: Input<typeof UpdateCommand>) => {
        this.check(input, this.items.get(keyOf(input.Key)));
        return { Attributes: this.update(input) };
      }),
    );
    dynamo.on(TransactWriteCommand).callsFake(
      responding((input: Input<typeof TransactWriteCommand>) => {
        this.transact(input);
        return {};
      }),
    );
    dynamo.on(QueryCommand).callsFake(responding((input: Input<typeof QueryCommand>) => this.query(input)));
  }

  private put(item: Item | undefined) {
    this.items.set(keyOf(item), item ?? {});
    return {};
  }

  private update(input: Placeholders & Pick<Input<typeof UpdateCommand>, "Key" | "UpdateExpression">): Item {
    const before = this.items.get(keyOf(input.Key)) ?? input.Key ?? {};
    const after = updated(input.UpdateExpression ?? "", before, input);
    this.put(after);
    return after;
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
    for (const { Put, Update } of TransactItems) {
      if (Put !== undefined) this.put(Put.Item);
      if (Update !== undefined) this.update(Update);
    }
    this.tokens.add(ClientRequestToken);
  }

  private query(input: Input<typeof QueryCommand>) {
    const {
      KeyConditionExpression = "",
      FilterExpression,
      ExclusiveStartKey,
      Limit,
      ScanIndexForward,
    } = input;
    const sort = input.ExpressionAttributeNames?.["#id"] ?? sortKey;
    const sortOf = (item: Item) => String(item[sort]);
    const direction = ScanIndexForward === false ? -1 : 1;
    const isAfterStart = (item: Item) =>
      ExclusiveStartKey === undefined ||
      (direction === 1 ? sortOf(item) > sortOf(ExclusiveStartKey) : sortOf(item) < sortOf(ExclusiveStartKey));
    const left = [...this.items.values()]
      .filter((item) => evaluate(KeyConditionExpression, item, input) && isAfterStart(item))
      .sort((a, b) => (sortOf(a) < sortOf(b) ? -direction : direction));
    const page = left.slice(0, Limit);
    const Items =
      FilterExpression === undefined ? page : page.filter((item) => evaluate(FilterExpression, item, input));
    return { Items, ...(left.length > page.length && { LastEvaluatedKey: page.at(-1) }) };
  }
}
