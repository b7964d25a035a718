import { build } from "./build";

/** Jest's global setup: synthesis needs the zips, which a fresh clone does not have. */
module.exports = async () => {
  await build();
};
