import { environmentNames } from "../deploy/config/environments";
import { loadEnvironment } from "../deploy/config/load-environment";
import { environmentsDocument } from "./environments/document";
import { writeOrCheck } from "./generated-document";
import { runMain } from "./local/run-main";

/** `npm run environments [-- --check]`: writes docs/environments.md, or sees that it is what would be written. */
runMain(async () => {
  const text = environmentsDocument(
    await Promise.all(environmentNames().map((name) => loadEnvironment(name))),
  );
  writeOrCheck("docs/environments.md", text, "npm run environments");
});
