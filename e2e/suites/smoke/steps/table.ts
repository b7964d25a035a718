import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DynamoTaskRepository } from "@serverless-tasks/functions/shared/aws/dynamodb/dynamo-task-repository";
import { newTask } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import * as z from "zod";
import { writesOfATask } from "../../../../scripts/documents/capacity/model";
import { accountClients } from "../../../support/account";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { prefixOf } from "../../../support/names";

/** A repository that works as the functions do, and the write units of each of its writes. */
function repositoryWithUnits({ local }: E2eEnvironment) {
  const client = DynamoDBDocumentClient.from(accountClients(local.cloud.target).dynamodb);
  const units: (number | undefined)[] = [];
  client.middlewareStack.add(
    (next) => async (call) => {
      const { output, ...rest } = await next({
        ...call,
        input: { ...call.input, ReturnConsumedCapacity: "TOTAL" },
      });
      if ("ConsumedCapacity" in output) units.push(consumed.parse(output.ConsumedCapacity).CapacityUnits);
      return { output, ...rest };
    },
    { step: "initialize", name: "returnConsumedCapacity", override: true },
  );
  return {
    repository: new DynamoTaskRepository(client, `${prefixOf(local.cloud.config.name)}-tasks`),
    units,
  };
}

const consumed = z.object({ CapacityUnits: z.number() });
/** What only the table of DynamoDB has. */
export function tableSteps(e2e: () => E2eEnvironment): void {
  test("a task costs 12 write units, as the emulator counts them", async () => {
    const { repository, units } = repositoryWithUnits(e2e());
    const now = new Date();
    const task = newTask(newTaskId(now), "echo", { message: "counted" }, now);
    const revision = { taskId: task.id, revision: 1 };
    await repository.create(task, { requestId: "test" });
    await repository.markPublished(revision);
    const claim = await repository.claim(revision, new Date(Date.now() + 60_000));
    if (claim.outcome !== "claimed") throw new Error(`Expected a claim, found ${claim.outcome}`);
    await repository.succeed(claim.task, { message: "counted" });
    expect(units).toEqual(Object.values(writesOfATask));
  });
}
