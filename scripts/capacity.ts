import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentNames } from "../deploy/shared/environments";
import { loadEnvironment } from "../deploy/shared/load-config";
import { root } from "./build/paths";
import { capacityDocument } from "./capacity/document";
import { runMain } from "./local/run-main";

const path = "docs/capacity.md";

/** `npm run capacity [-- --check]`: writes docs/capacity.md, or sees that it is what would be written. */
runMain(async () => {
  const text = await capacityDocument(
    await Promise.all(environmentNames().map((name) => loadEnvironment(name))),
  );
  if (!process.argv.includes("--check")) {
    writeFileSync(join(root, path), text);
    console.log(`Wrote ${path}.`);
  } else if (readFileSync(join(root, path), "utf8") !== text) {
    throw new Error(`${path} is not what the model says.\nRun: npm run capacity`);
  }
});
