import { spawnSync } from "node:child_process";
import { describeChange } from "../../../packages/openapi-changes/src/breaking-change";
import { breakingChanges } from "../../../packages/openapi-changes/src/breaking-changes";
import { root } from "../../build/paths";
import { CommandError } from "../../core/errors";
import { openApiDocument } from "./document";
import { documentPath } from "./files";

/**
 * Checks that the API's document is valid and compatible with clients of an earlier revision.
 * @throws {CommandError} with what is invalid or breaks clients
 */
export async function checkApi(revision = "HEAD"): Promise<void> {
  const document = openApiDocument();
  const { Validator } = await import("@seriousme/openapi-schema-validator");
  const { valid, errors } = await new Validator().validate({ ...document });
  if (!valid)
    throw new CommandError(`The document is not valid OpenAPI 3.1:\n${JSON.stringify(errors, null, 2)}`);
  const before = committedDocument(revision);
  const broken = before === undefined ? [] : breakingChanges(before, document);
  if (broken.length > 0)
    throw new CommandError(
      [
        `Clients of the API as of ${revision} would break:`,
        ...broken.map((change) => `  ${describeChange(change)}`),
        "Keep the API compatible, or raise the major version in apiVersion in scripts/documents/openapi/document.ts.",
      ].join("\n"),
    );
}

/** The document in a git revision; undefined if that has none, or outside a git checkout. */
function committedDocument(revision: string): unknown {
  const git = spawnSync("git", ["show", `${revision}:${documentPath}`], { cwd: root, encoding: "utf8" });
  return git.status === 0 ? JSON.parse(git.stdout) : undefined;
}
