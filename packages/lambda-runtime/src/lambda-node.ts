import { dirname, join } from "node:path";

/** The Node.js of nodejs22.x, from npm: functions run on it here as in Lambda, whichever one runs this process. */
export const lambdaNode = join(dirname(require.resolve("node/package.json")), "bin", "node");
