import { createHmac } from "node:crypto";
import * as z from "zod/mini";
import { defineTaskType } from "../define-task-type";

/** Signs a document with a shared key. */
export const documentSign = defineTaskType({
  name: "document.sign",
  payload: z.strictObject({ document: z.string().check(z.maxLength(10_000)) }),
  secrets: ["signing-key"],
  run: async ({ document }, { secret }) => {
    const key = await secret("signing-key");
    const signature = createHmac("sha256", key).update(document).digest("base64url");
    return { algorithm: "HMAC-SHA256", signature };
  },
});
