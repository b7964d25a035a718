import { join } from "node:path";
import { run } from "../../packages/local-cloud/src/command";
import { root } from "../build/paths";

/**
 * A text as `npm run format` would write it.
 * @param path its extension is the language
 * @throws {Error} when the text has an error of syntax
 */
export async function formatted(path: string, text: string): Promise<string> {
  // As a program: oxfmt is an ES module, which CommonJS and Jest cannot load.
  const oxfmt = join(root, "node_modules", ".bin", "oxfmt");
  const { exitCode, stdout, stderr } = await run(oxfmt, ["--stdin-filepath", path], process.env, root, text);
  if (exitCode !== 0) throw new Error(`${path} cannot be formatted: ${stderr}`);
  return stdout;
}

export const formattedPage = (text: string): Promise<string> => formatted("page.md", text);
