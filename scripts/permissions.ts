import { synthesizedForAws } from "../deploy/testing/environments";
import { build } from "./build/build";
import { writeOrCheck } from "./generated-document";
import { runMain } from "./local/run-main";
import { permissionsDocument } from "./permissions/document";
import { rolePermissions } from "./permissions/granted";

/** The environment with everything turned on. */
const environment = "prod";

/** `npm run permissions [-- --check]`: writes docs/permissions.md, or sees that it is what would be written. */
runMain(async () => {
  await build();
  const { core, infra, app } = await synthesizedForAws(environment);
  writeOrCheck(
    "docs/permissions.md",
    await permissionsDocument(environment, rolePermissions({ core, infra, app })),
    "npm run permissions",
  );
});
