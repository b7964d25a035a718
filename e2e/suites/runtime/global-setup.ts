import { build } from "../../../scripts/build/build";
import { installRuntimes } from "../../../packages/lambda-runtime/src/install-runtimes";

/** Jest's global setup. */
module.exports = async () => {
  await installRuntimes(console.log);
  await build();
};
