import * as z from "zod/mini";
import { findUnstorable, maxDepth, payloadLimits } from "../../shared/tasks/storable";
import type { jsonObject } from "../../shared/tasks/task";
import { task } from "../../shared/tasks/task";
import { taskTypes } from "../../worker/handlers";
import { idempotencyKeyHeader } from "../services/idempotency";
import { Problem } from "../http/problems";
import { emptyRequest, defineRoute } from "./define-route";

type TypeSchema = z.ZodMiniObject<{
  type: z.ZodMiniLiteral<string>;
  payload: z.ZodMiniType<unknown, z.output<typeof jsonObject>>;
}>;

const schemas = taskTypes.map(({ name, payload }): TypeSchema =>
  z.strictObject({ type: z.literal(name), payload }).register(z.globalRegistry, { title: name }),
);
const [first, ...others] = schemas;
if (first === undefined) throw new Error("Expected at least one task type in functions/worker/handlers");

/** A new task: its type, and the payload of the type's handler. */
const newTask = z.discriminatedUnion("type", [first, ...others]).register(z.globalRegistry, {
  id: "NewTask",
  description:
    `The payload is stored unchanged. Integers range from -(2^53 - 1) to 2^53 - 1. Fractions are rounded to the ` +
    `nearest double. Numbers other than 0 are at least 1e-130 from 0. Strings are Unicode without lone surrogates. ` +
    `Member names are not empty and not __proto__. Objects and arrays have at most ${maxDepth} levels, including ` +
    `the payload. The payload has at most ${payloadLimits.bytes} bytes: names and strings count in UTF-8, a number ` +
    `has at most 11 bytes, true, false and null have 1, an object or array has 3 and 1 for each of its members.`,
});

const withPayload = z.object({ payload: z.unknown() });

/** A schema that calls itself at each level, as z.json() does, would run out of stack. */
function refuseUnstorable(body: unknown): void {
  const found = findUnstorable(withPayload.safeParse(body).data?.payload, payloadLimits);
  // The schema refuses a payload that is not an object.
  if (found === undefined || found.reason === "notObject") return;
  const { pointer, detail, reason } = found;
  throw new Problem(reason === "tooLarge" ? "task-too-large" : "unstorable-payload", {
    errors: [{ pointer: `/payload${pointer}`, detail }],
  });
}

export const createTask = defineRoute(
  {
    operationId: "createTask",
    summary: "Create a task",
    method: "post",
    path: "/tasks",
    scope: "tasks:write",
    request: {
      ...emptyRequest,
      headers: z.object({ "idempotency-key": z.optional(idempotencyKeyHeader) }),
      body: newTask,
    },
    responses: {
      202: {
        description: "The task was created.",
        headers: { Location: "The path of the task." },
        body: task,
      },
    },
    problems: [
      "idempotency-request-in-progress",
      "task-too-large",
      "unstorable-payload",
      "idempotency-key-mismatch",
      "internal-error",
      "idempotency-unavailable",
      "service-unavailable",
    ],
    checkBody: refuseUnstorable,
  },
  async ({ body, headers, caller }, { tasks }) => {
    const accepted = await tasks.create(body, caller, headers["idempotency-key"]);
    return { status: 202, headers: { Location: `/tasks/${accepted.id}` }, body: accepted };
  },
);
