import { environmentNames } from "../deploy/config/environments";
import { loadEnvironment } from "../deploy/config/load-environment";
import { capacityDocument } from "./capacity/document";
import { writeOrCheck } from "./generated-document";
import { runMain } from "./local/run-main";

/** `npm run capacity [-- --check]`: writes docs/capacity.md, or sees that it is what would be written. */
runMain(async () => {
  const text = await capacityDocument(
    await Promise.all(environmentNames().map((name) => loadEnvironment(name))),
  );
  writeOrCheck("docs/capacity.md", text, "npm run capacity");
});
