import { findUnstorable, payloadLimits } from "@serverless-tasks/functions/shared/tasks/storable";
import { taskTypeNames, taskTypes } from "@serverless-tasks/functions/worker/handlers";
import * as z from "zod";
import { longestNamePart } from "../../shared/naming";
import { ScheduleExpressionError } from "../schedule-expression/error";
import { parseScheduleExpression } from "../schedule-expression/schedule-expression";

/** The rule that invokes the producer to publish outbox entries. No schedule may have its name. */
export const outboxSweep = "outbox-sweep";

export const scheduleName = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, "a schedule name of a-z, 0-9 and -, a letter first")
  .max(longestNamePart, `a schedule name of at most ${longestNamePart} characters`)
  .refine((name) => name !== outboxSweep, `a schedule name other than ${outboxSweep}`);

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const longestExpression = 256;

const expression = z
  .string()
  .max(longestExpression)
  .superRefine((value, context) => {
    try {
      parseScheduleExpression(value);
    } catch (error) {
      if (!(error instanceof ScheduleExpressionError)) throw error;
      const message = `an EventBridge expression with ${error.expected} at character ${error.index + 1}`;
      context.addIssue({ code: "custom", input: value, message });
    }
  });

type Path = readonly (string | number)[];

/** Paths of strings with < or >, which cannot be escaped in an input template of EventBridge. */
function angleBrackets(value: unknown, path: Path): Path[] {
  if (typeof value === "string") return /[<>]/.test(value) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((inner, index) => angleBrackets(inner, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...angleBrackets(key, [...path, key]),
    ...angleBrackets(inner, [...path, key]),
  ]);
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html */
const longestInputTemplate = 8_192;
/** The template without type and payload, with the longest schedule name. */
const templateFrame = JSON.stringify({
  kind: "schedule",
  schedule: "x".repeat(longestNamePart),
  time: "<time>",
  type: "",
  payload: "",
}).length;

/** A scheduled task: the rule's expression and the task that the producer submits at each slot. */
export const scheduleConfig = z
  .strictObject({
    expression,
    type: z.string().min(1),
    payload: z.record(z.string(), z.json()),
    enabled: z.boolean().default(true),
  })
  .superRefine(({ type, payload }, context) => {
    const reject = (path: Path, message: string, input: unknown) => {
      context.addIssue({ code: "custom", path: ["payload", ...path], input, message });
    };
    const unstorable = findUnstorable(payload, payloadLimits);
    if (unstorable !== undefined)
      reject(
        unstorable.pointer.split("/").slice(1),
        `a payload that can be stored (${unstorable.detail})`,
        payload,
      );
    const taskType = taskTypes.find(({ name }) => name === type);
    if (taskType === undefined) {
      const message = `one of the task types ${taskTypeNames.join(", ")}`;
      context.addIssue({ code: "custom", path: ["type"], input: type, message });
      return;
    }
    for (const { path, message } of taskType.payload.safeParse(payload).error?.issues ?? [])
      reject(path.map(String), `a payload of ${type} (${message})`, payload);
    for (const path of angleBrackets(payload, []))
      reject(path, "no < and no >, which EventBridge's input templates cannot escape", payload);
    const length = templateFrame + JSON.stringify({ type, payload }).length;
    if (length > longestInputTemplate)
      reject([], `a payload of at most ${longestInputTemplate - templateFrame} characters of JSON`, payload);
  });
