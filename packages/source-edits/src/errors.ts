import { userError } from "../../command-line/src/errors";

export const noVariable = (file: string, variable: string) =>
  userError(
    `${file} has no object or list ${variable} that could be extended.`,
    `const ${variable} = { … } or [ … ]`,
    "add the lines by hand, as the recipe shows them",
  );

export const exists = (what: string) =>
  userError(`${what} exists already.`, "a new name", "choose another name");
