import * as z from "zod";
import { taskId } from "../shared/task";

/** Where a page ends, as text that clients hand back and need not understand. */
export const encodeCursor = (lastId: string): string => Buffer.from(lastId, "utf8").toString("base64url");

/** A cursor from a client, read as the id of the last task it has seen. */
export const cursor = z.string().transform((text, context) => {
  const id = taskId.safeParse(Buffer.from(text, "base64url").toString("utf8"));
  if (id.success) return id.data;
  context.addIssue({ code: "custom", message: "Expected the cursor of an earlier page." });
  return z.NEVER;
});
