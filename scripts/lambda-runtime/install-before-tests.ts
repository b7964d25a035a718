import { build } from "../build/build";
import { installRuntimes } from "./install-runtimes";

/** Jest's global setup. */
module.exports = async () => {
  await installRuntimes(console.log);
  await build();
};
