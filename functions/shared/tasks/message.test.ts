import * as z from "zod/mini";
import { encodeMessage, messageVersion, taskMessage } from "./message";
import { nonEmptyString } from "../runtime/non-empty-string";
import { jsonObject, taskId } from "./task";
import { aMessage } from "../testing/builders";

/** What version 1 could read: kept as it was while version 2 is out. */
const readerOfVersionBefore = z.object({
  version: z.int().check(z.minimum(1), z.maximum(2)),
  taskId,
  type: nonEmptyString,
  payload: jsonObject,
  requestId: nonEmptyString,
});

test("a message is read by the version before", () => {
  expect(readerOfVersionBefore.safeParse(JSON.parse(encodeMessage(aMessage()))).success).toBe(true);
});

test("a message of the version before is one of the first revision", () => {
  const { version, taskId, type, payload, requestId } = aMessage();
  const before = { version: version - 1, taskId, type, payload, requestId };
  expect(taskMessage.parse(before)).toEqual({ ...before, revision: 1 });
});

test("a message of the next version is read, and what is new in it ignored", () => {
  const known = { ...aMessage(), version: messageVersion + 1 };
  const next = { ...known, colour: "red" };
  expect(taskMessage.parse(next)).toEqual(known);
  expect(taskMessage.safeParse({ ...next, version: messageVersion + 2 }).success).toBe(false);
});
