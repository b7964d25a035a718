import { join } from "node:path";
import { root } from "../../build/paths";

export const screenshotFolder = join(root, "docs", "console");
