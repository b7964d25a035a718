// @ts-check
/**
 * Loaded before tsx, which writes its cache to TMPDIR: without write access it hangs, or fails without naming TMPDIR.
 */
const { temporaryFolderProblem } = require("../src/temporary-folder-problem.cjs");

const problem = temporaryFolderProblem(process.env.TMPDIR);
if (problem !== undefined) {
  console.error(`\n${problem}`);
  process.exit(1);
}
