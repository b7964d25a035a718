import { createHmac } from "node:crypto";
import { runHandler } from "../../testing/run-handler";
import { documentSign } from "./document-sign";

test("a document is signed with the value of the secret", async () => {
  const secrets = { "signing-key": "a key" };
  expect(await runHandler(documentSign, { document: "I owe you" }, { secrets })).toEqual({
    algorithm: "HMAC-SHA256",
    signature: createHmac("sha256", "a key").update("I owe you").digest("base64url"),
  });
});
