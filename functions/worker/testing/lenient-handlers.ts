import * as z from "zod/mini";
import { defineTaskType } from "../handlers/define-task-type";

/** Accepts any JSON, by a schema that is recursive at each level. */
export const any = defineTaskType({
  name: "any",
  payload: z.record(z.string(), z.json()),
  run: () => Promise.resolve({}),
});

/** Its schema transforms the payload. */
export const length = defineTaskType({
  name: "length",
  payload: z.strictObject({
    v: z.pipe(
      z.string(),
      z.transform((text) => text.length),
    ),
  }),
  run: ({ v }) => Promise.resolve({ length: v }),
});

/** Reports as many errors in a payload as it has items, with pointers that may be long. */
const numbers = defineTaskType({
  name: "numbers",
  payload: z.record(z.string(), z.array(z.number())),
  run: () => Promise.resolve({}),
});

/** Instead of `handlers/index.ts`. */
export const taskTypes = [any, length, numbers] as const;
export const taskSecrets = [];
