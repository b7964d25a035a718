// @ts-check
/**
 * Loaded before tsx, which keeps its cache in TMPDIR: where it cannot, it fails without a word of it, or hangs.
 */
const { temporaryFolderProblem } = require("../src/temporary-folder-problem.cjs");

const problem = temporaryFolderProblem(process.env.TMPDIR);
if (problem !== undefined) {
  console.error(`\n${problem}`);
  process.exit(1);
}
