import { CommandError } from "../../core/errors";
import { breakingChanges } from "../../../packages/openapi-changes/src/breaking-changes";
import { committedDocument } from "./committed-document";
import { openApiDocument } from "./document";
import { errorsIn } from "./validate";

/**
 * Checks that the API's document is valid, and that clients of an earlier revision still work.
 * @throws {CommandError} naming what is not valid, or breaks them
 */
export async function checkApi(revision = "HEAD"): Promise<void> {
  const document = openApiDocument();
  const errors = await errorsIn(document);
  if (errors !== undefined) throw new CommandError(`The document is not valid OpenAPI 3.1:\n${errors}`);
  const before = committedDocument(revision);
  const broken = before === undefined ? [] : breakingChanges(before, document);
  if (broken.length > 0)
    throw new CommandError(
      [
        `Clients of the API as of ${revision} would break:`,
        ...broken.map((change) => `  ${change}`),
        "Keep what they know, or raise the first number of apiVersion in scripts/documents/openapi/document.ts.",
      ].join("\n"),
    );
}
