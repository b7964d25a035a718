import { committedDocument } from "./openapi/committed-document";
import { breakingChanges } from "./openapi/breaking-changes";
import { openApiDocument } from "./openapi/document";
import { errorsIn } from "./openapi/validate";
import { generatedFiles, staleFiles, writeFiles } from "./openapi/files";

const usage = `npm run openapi [-- --check [--since <git revision>]]
  Writes functions/api/openapi.json and client/schema.d.ts, made from the routes.
  --check   writes nothing; fails if one of them is not what the routes say, or is not valid, or breaks clients
  --since   of that revision of it, HEAD unless given`;

async function main(parameters: readonly string[]): Promise<void> {
  const document = openApiDocument();
  const files = await generatedFiles(document);
  if (parameters.length === 0) {
    writeFiles(files);
    console.log(`Wrote ${Object.keys(files).join(" and ")}.`);
    return;
  }
  const [check, since, revision = "HEAD", ...more] = parameters;
  if (check !== "--check" || (since !== undefined && since !== "--since") || more.length > 0)
    throw new Error(usage);

  const stale = staleFiles(files);
  if (stale.length > 0)
    throw new Error(`${stale.join(" and ")} are not what the routes say.\nRun: npm run openapi`);
  const errors = await errorsIn(document);
  if (errors !== undefined) throw new Error(`The document is not valid OpenAPI 3.1:\n${errors}`);
  const before = committedDocument(revision);
  const broken = before === undefined ? [] : breakingChanges(before, document);
  if (broken.length > 0) {
    throw new Error(
      [
        `Clients of the API as of ${revision} would break:`,
        ...broken.map((change) => `  ${change}`),
        "Keep what they know, or raise the first number of apiVersion in scripts/openapi/document.ts.",
      ].join("\n"),
    );
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
