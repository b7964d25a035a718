import { MemorySweepStore } from "../../producer/testing/memory-sweep-store";
import { sweep } from "../../producer/sweep/sweep";
import { noon } from "../../shared/testing/builders";
import { silentMetrics } from "../../shared/testing/recorded-metrics";
import { silentLog } from "../../shared/testing/silent-log";
import { testApi } from "../testing/test-api";
import { matchRouteKey } from "../testing/match-route-key";
import { messageGroupOf, principalOf } from "./principal";

const principal = (sub: string) =>
  principalOf({ jwt: { claims: { iss: "https://login.example.com", sub } } });

/** An API whose caller is named by the header `x-caller`. */
const apiOfCallers = () =>
  testApi({
    gatewayRequest: (request) => ({
      caller: { requestId: "request-1", principal: principal(request.get("x-caller") ?? "") },
      routeKey: matchRouteKey(request.method, request.path),
      isDirect: false,
    }),
  });

const echo = { type: "echo", payload: { message: "hello" } };
const groupOf = (caller: string) => messageGroupOf(principal(caller));

test("a task's message has the group of the caller that created it, also when the sweep sends it", async () => {
  const { api, queue, repository } = apiOfCallers();
  const create = (caller: string) => api.post("/tasks").set("x-caller", caller).send(echo).expect(202);
  await create("a");
  queue.fails = () => true;
  await create("b");
  queue.fails = () => false;
  const now = new Date(noon.getTime() + 60_000);
  const sweepStore = new MemorySweepStore(repository, () => now);
  await sweep({
    ...{ repository, sweepStore, queue, log: silentLog, now: () => now },
    metrics: silentMetrics,
    remainingMilliseconds: () => 60_000,
    redeliverySeconds: 180,
    messageLifetimeSeconds: 3_600,
  });
  expect(queue.messages.map(({ group }) => group)).toEqual([groupOf("a"), groupOf("b")]);
  expect(groupOf("a")).not.toBe(groupOf("b"));
});

test("a retried task's message has the group of the caller that retries it", async () => {
  const { api, queue, repository } = apiOfCallers();
  const { body } = (await api.post("/tasks").set("x-caller", "a").send(echo)) as { body: { id: string } };
  await repository.markFailed({ taskId: body.id, revision: 1 }, "failed");
  await api.post(`/tasks/${body.id}/retry`).set("x-caller", "b").expect(202);
  expect(queue.messages.map(({ group }) => group)).toEqual([groupOf("a"), groupOf("b")]);
});
