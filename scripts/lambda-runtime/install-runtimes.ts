import { npmCi } from "../core/npm-ci";
import { runtimesFolder } from "./runtimes";

/**
 * Installs the runtime clients and Node.js 24. They are not packages of the project, since npm would refuse the clients
 * on the oldest Node.js that the project runs on, and Node.js 24 would take the place of `node` in its scripts.
 */
export const installRuntimes = (report: (line: string) => void): Promise<void> =>
  npmCi(runtimesFolder, ["node-24"], report);
