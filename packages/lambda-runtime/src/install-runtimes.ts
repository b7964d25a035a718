import { npmCi } from "./npm-ci";
import { clientsFolder } from "./runtimes";

/**
 * Installs the runtime clients and Node.js 24. They are not dependencies of the project: the clients do not support its
 * oldest Node.js, and two packages with a program `node` conflict.
 */
export const installRuntimes = (report: (line: string) => void): Promise<void> =>
  npmCi(clientsFolder, ["node-24"], report);
