import { dirname, join } from "node:path";

/** Path of the Node.js of nodejs22.x, from npm, whatever version runs this process. */
export const lambdaNode = join(dirname(require.resolve("node/package.json")), "bin", "node");
