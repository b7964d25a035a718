import { join } from "node:path";
import { root } from "../build/paths";

/** Peers, with a package.json and packages of their own. */
export const benchFolder = join(root, "bench");

/** The Node that Lambda's nodejs22.x has, which runs everything that is measured. */
export const lambdaNode = join(root, "node_modules", "node", "bin", "node");
