import { loadEnvironment } from "../deploy/shared/load-config";
import { synthesize } from "../deploy/testing/synthesize";
import { writeOrCheck } from "./generated-document";
import { runMain } from "./local/run-main";
import { permissionsDocument } from "./permissions/document";
import { rolePermissions } from "./permissions/granted";

/** The environment with everything turned on. */
const environment = "prod";

/** `npm run permissions [-- --check]`: writes docs/permissions.md, or sees that it is what would be written. */
runMain(async () => {
  // As AWS gets the policies, wherever this runs.
  delete process.env.AWS_ENDPOINT_URL;
  const stacks = synthesize(await loadEnvironment(environment));
  writeOrCheck(
    "docs/permissions.md",
    await permissionsDocument(environment, rolePermissions(stacks)),
    "npm run permissions",
  );
});
