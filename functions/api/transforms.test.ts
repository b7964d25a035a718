import type { Task } from "../shared/tasks/task";
import { length } from "../worker/testing/lenient-handlers";
import { runHandler } from "../worker/testing/run-handler";
import { testApi } from "./testing/test-api";

jest.mock("../worker/handlers", () => jest.requireActual<object>("../worker/testing/lenient-handlers"));

test("a payload is stored as it was sent, and the handler gets the schema's output", async () => {
  const { api, queue, repository } = testApi();
  const payload = { v: "hello" };
  const { body }: { readonly body: Task } = await api
    .post("/tasks")
    .send({ type: "length", payload })
    .expect(202);
  expect(body.payload).toEqual(payload);
  expect([...repository.entries.values()].map(({ task }) => task.payload)).toEqual([payload]);
  expect(queue.messages.map((message) => message.payload)).toEqual([payload]);
  await expect(runHandler(length, payload)).resolves.toEqual({ length: 5 });
});

test("the schema's output is not stored as the payload", async () => {
  const { api } = testApi();
  const { body } = await api
    .post("/tasks")
    .send({ type: "length", payload: { v: 5 } })
    .expect(422);
  expect(body).toMatchObject({ errors: [{ pointer: "/payload/v" }] });
});
