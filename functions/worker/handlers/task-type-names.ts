/** What clients write in `type`, in bodies and in queries. */
export const taskTypeName = /^[a-z][a-z0-9._-]{0,63}$/;

/**
 * Validates the names of task types when the list is loaded: at build, at synthesis and at the start of a function.
 * @throws {Error} naming duplicate and invalid names
 */
export function checkTaskTypeNames(names: readonly string[]): void {
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  const wrong = names.filter((name) => !taskTypeName.test(name));
  if (twice.length + wrong.length === 0) return;
  throw new Error(
    [
      "The list of task types in functions/worker/handlers/index.ts is wrong.",
      ...twice.map((name) => `  two task types are named ${JSON.stringify(name)}: expected each name once`),
      ...wrong.map(
        (name) => `  ${JSON.stringify(name)}: expected a name like "report.summary" (${taskTypeName.source})`,
      ),
    ].join("\n"),
  );
}
