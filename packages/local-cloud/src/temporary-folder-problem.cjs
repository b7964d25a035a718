// @ts-check
/** In plain JavaScript, since it also runs before TypeScript can be loaded. */
const { accessSync, constants, statSync } = require("node:fs");

/**
 * The error message if a folder cannot be used as TMPDIR: what happened, what was expected, what to do.
 * @param {string | undefined} folder
 * @returns {string | undefined} undefined when it can be used or is not set
 */
function temporaryFolderProblem(folder) {
  if (folder === undefined || folder === "") return undefined;
  const problem = problemOf(folder);
  return (
    problem &&
    [
      `${folder} cannot be used for temporary files: ${problem}.`,
      "  expected  TMPDIR to name a folder that exists and can be written to, or not to be set",
      "  next      create the folder, or: unset TMPDIR",
    ].join("\n")
  );
}

/** @param {string} folder @returns {string | undefined} */
function problemOf(folder) {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return "it does not exist";
  if (!found.isDirectory()) return "it is not a folder";
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return "it cannot be written to";
  }
}

module.exports = { temporaryFolderProblem };
