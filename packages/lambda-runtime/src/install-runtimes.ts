import { npmCi } from "./npm-ci";
import { clientsFolder } from "./runtimes";

/**
 * Installs the runtime clients and Node.js 24. They are not packages of the project: npm refuses the clients on the
 * oldest Node.js that the project supports, and a second package with a `node` program would hide the first one.
 */
export const installRuntimes = (report: (line: string) => void): Promise<void> =>
  npmCi(clientsFolder, ["node-24"], report);
