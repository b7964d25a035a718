import { faultNames } from "../../packages/console/src/endpoints";
import { chooseFault } from "./chosen-fault";
import { faultyDynamodb, faultyPostgres } from "./faulty-store";

const id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const stores = {
  dynamodb: {
    store: faultyDynamodb,
    records: {
      operation: "UpdateItem",
      body: JSON.stringify({ Key: { pk: { S: `TASK#${id}` } }, Names: { "#effects": "effects" } }),
    },
    others: ["GetItem", "Query", "TransactWriteItems", "BatchGetItem"],
    throttled: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
  },
  postgres: {
    store: faultyPostgres,
    records: {
      operation: "UPDATE",
      body: JSON.stringify(["UPDATE tasks SET effects = effects + 1 WHERE id = $1", id]),
    },
    others: ["SELECT", "INSERT", "DELETE"],
    throttled: "53300",
  },
};
const always = () => 0;
const never = () => 0.99;

describe.each(Object.entries(stores))("%s", (_name, { store, records, others, throttled }) => {
  test("the call that records a success is known by its task, and kills the worker", () => {
    expect(store.effectOf(records)).toBe(id);
    expect(chooseFault(records, ["kill worker"], store, always)).toEqual({ kind: "kill", when: "before" });
    expect(chooseFault(records, ["kill worker"], store, never)).toBeUndefined();
  });

  test.each(others)("%s records no success", (operation) => {
    const call = { operation, body: JSON.stringify([id, `TASK#${id}`]) };
    expect(chooseFault(call, ["kill worker"], store, always)).toBeUndefined();
  });

  test.each(others)("%s is throttled with the store's error, and calls of SQS are not", (operation) => {
    const fault = chooseFault({ operation, body: "" }, ["throttle table"], store, always);
    expect(fault).toMatchObject({ kind: "error", type: throttled });
    const send = { operation: "SendMessage", body: "" };
    expect(chooseFault(send, ["throttle table"], store, always)).toBeUndefined();
    expect(chooseFault(send, ["fail SQS"], store, always)).toMatchObject({ type: "InternalFailure" });
  });

  test("without an active fault there is none", () => {
    expect(faultNames.map((name) => chooseFault(records, [name], store, never))).not.toContainEqual(
      expect.anything(),
    );
    expect(chooseFault(records, [], store, always)).toBeUndefined();
  });
});
