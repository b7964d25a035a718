import { flag, oneOf, rest } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";
import { documentNames } from "../documents/names";

export default defineCommand({
  group: "Documents and estimates",
  description: "Write the generated documents, or check that they are up to date.",
  details: `The documents are ${documentNames.join(", ")}.`,
  examples: ["documents", "documents openapi", "documents --check"],
  arguments: { document: rest("Names of documents; all unless given.", oneOf("documents", documentNames)) },
  options: { check: flag("Write nothing; fail when a document is out of date.") },
  run: async ({ document, check }) => {
    const { checkDocuments, writeDocuments } = await import("../documents/documents.js");
    await (check ? checkDocuments : writeDocuments)(document.length > 0 ? document : documentNames);
  },
});
