import { build } from "./build";

/** Jest's global setup: stacks are synthesized around the zips, which a fresh clone does not have. */
module.exports = async () => {
  await build();
};
