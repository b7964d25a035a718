import { aTask } from "../../shared/testing/builders";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import { testApi } from "./test-api";

test("requests get responses without a server", async () => {
  await testApi().api.get("/health").expect(200);
});

test("any dependency can be replaced", async () => {
  const repository = new MemoryTaskRepository();
  const task = aTask();
  await repository.create(task, { requestId: "r" });
  await testApi().api.get(`/tasks/${task.id}`).expect(404);
  await testApi({ repository }).api.get(`/tasks/${task.id}`).expect(200, task);
});
