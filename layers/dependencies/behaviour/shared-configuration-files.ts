import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describedError, type Programs } from "./programs";

interface FileReader {
  readonly readFile: (path: string, options?: { readonly ignoreCache?: boolean }) => Promise<string>;
  readonly fileIntercept: Record<string, Promise<string>>;
  readonly filePromises: Record<string, Promise<string>>;
}

export function sharedConfigurationFiles(): Programs<FileReader> {
  const inFolder = async (work: (path: string) => unknown): Promise<unknown> => {
    const folder = mkdtempSync(join(tmpdir(), "configuration-"));
    try {
      const found = JSON.stringify(await work(join(folder, "config")));
      return found.replaceAll(folder, "<folder>");
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const failure = (promise: Promise<unknown>) =>
    promise.catch((error: unknown) => {
      const { errno, syscall, path } = error as NodeJS.ErrnoException;
      return { ...describedError(error), errno, syscall, path };
    });
  return {
    "an existing file": (load) =>
      inFolder(async (path) => {
        writeFileSync(path, "[default]\nregion = \u00e4\n");
        return load().readFile(path);
      }),
    "a missing file": (load) => inFolder((path) => failure(load().readFile(path))),
    "a folder": (load) => inFolder((path) => failure(load().readFile(join(path, "..")))),
    "a file that changes": (load) =>
      inFolder(async (path) => {
        const { readFile, filePromises } = load();
        writeFileSync(path, "one");
        const same = readFile(path) === readFile(path);
        const contents = [await readFile(path)];
        writeFileSync(path, "two");
        contents.push(await readFile(path), await readFile(path, { ignoreCache: true }));
        return [same, contents, Object.keys(filePromises)];
      }),
    "a file that a test provides": (load) =>
      inFolder(async (path) => {
        const { readFile, fileIntercept } = load();
        fileIntercept[path] = Promise.resolve("mine");
        return [await readFile(path), readFile(path) === fileIntercept[path]];
      }),
  };
}
