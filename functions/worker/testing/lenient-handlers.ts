import * as z from "zod/mini";
import { defineTaskType } from "../handlers/define-task-type";

/** Takes any JSON, by a schema that calls itself for each level of it. */
export const any = defineTaskType({
  name: "any",
  payload: z.record(z.string(), z.json()),
  run: () => Promise.resolve({}),
});

/** Its schema makes something else of a payload than it takes. */
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

/** Finds as many mistakes in a payload as it has items, in places whose names may be long. */
const numbers = defineTaskType({
  name: "numbers",
  payload: z.record(z.string(), z.array(z.number())),
  run: () => Promise.resolve({}),
});

/** Instead of `handlers/index.ts`. */
export const taskTypes = [any, length, numbers] as const;
export const taskSecrets = [];
