import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pageVersion } from "./page-bundle";
import { textOf } from "./png-text";

/** The pictures: a view, its address, and whether its colours are dark. */
export const screenshots = {
  tasks: { view: "tasks", isDark: false },
  task: { view: "a failed task", isDark: false },
  rates: { view: "rates", isDark: true },
  architecture: { view: "architecture", isDark: false },
  "dead-letters": { view: "dead-letters", isDark: true },
} as const;
export type ScreenshotName = keyof typeof screenshots;
export const screenshotNames = Object.keys(screenshots) as ScreenshotName[];

/** The keyword of the text in a picture that has the version of the page. */
export const versionKeyword = "Console-Version";

/** What is wrong with the pictures in a folder: missing ones, and those of another version of the page. */
export function staleScreenshots(folder: string): string[] {
  const version = pageVersion();
  return screenshotNames.flatMap((name) => {
    const path = join(folder, `${name}.png`);
    if (!existsSync(path)) return [`${name}.png is missing`];
    const found = textOf(readFileSync(path), versionKeyword);
    return found === version ? [] : [`${name}.png shows version ${found ?? "unknown"} of the page`];
  });
}
