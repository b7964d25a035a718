import { format } from "prettier";
import { benchDocuments } from "../bench/src/page";
import { readResults } from "../bench/src/results";
import { writeOrCheck } from "./generated-document";
import { runMain } from "./local/run-main";

/** `npm run bench:plot [-- --check]`: writes docs/bench.md and its pictures, or sees that they are what would be written. */
runMain(async () => {
  for (const [path, text] of benchDocuments(readResults())) {
    const formatted = path.endsWith(".md")
      ? await format(text, { parser: "markdown", printWidth: 110 })
      : text;
    writeOrCheck(path, formatted, "npm run bench:plot");
  }
});
