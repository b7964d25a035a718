import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { localPaths, type LocalPaths } from "./local-paths";
import { openState, markComplete } from "./kept-state";

const files = ["state/dynamodb.json", "state/lambda-blobs/1.zip", "s3/111/bucket/10_core/terraform.tfstate"];

/** Changes of the folder between two starts. */
const damages: Record<string, (paths: LocalPaths, file: string) => void> = {
  "a file is missing": (paths, file) => {
    rmSync(join(paths.emulator, file));
  },
  "a file is empty, as after a power failure": (paths, file) => {
    writeFileSync(join(paths.emulator, file), "");
  },
  "a file has changed": (paths, file) => {
    appendFileSync(join(paths.emulator, file), "!");
  },
  "a file is of an earlier save": (paths, file) => {
    writeFileSync(join(paths.emulator, file), "earlier");
  },
  "there is another file": (paths, file) => {
    writeFileSync(join(paths.emulator, `${file}.tmp`), "");
  },
  "the state folder is missing": (paths) => {
    rmSync(paths.emulatorState, { recursive: true });
  },
  "the objects folder is missing": (paths) => {
    rmSync(paths.emulatorObjects, { recursive: true });
  },
  "the manifest is missing": (paths) => {
    rmSync(paths.stateManifest);
  },
  "the manifest is truncated": (paths) => {
    writeFileSync(paths.stateManifest, readFileSync(paths.stateManifest).subarray(0, 20));
  },
  "another emulator has saved it": (paths) => {
    writeFileSync(
      paths.stateManifest,
      readFileSync(paths.stateManifest, "utf8").replace(/"emulator":"[^"]+"/, '"emulator":"1.5.0"'),
    );
  },
};

function keptState(): LocalPaths {
  const paths = localPaths({ LOCAL_CLOUD_HOME: mkdtempSync(join(tmpdir(), "kept-")) });
  for (const file of files) {
    mkdirSync(join(paths.emulator, file, ".."), { recursive: true });
    writeFileSync(join(paths.emulator, file), `content of ${file}`);
  }
  writeFileSync(paths.applied("dev"), "{}");
  writeFileSync(paths.applied("stage"), "{}");
  markComplete(paths);
  return paths;
}
const isReadable = (path: string): boolean => {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
};

test("a kept state is used once, until it is saved again", () => {
  const paths = keptState();
  expect(openState(paths)).toBeUndefined();
  expect(isReadable(paths.applied("dev"))).toBe(true);
  expect(openState(paths)).toContain("not shut down cleanly");
  expect(isReadable(paths.applied("dev"))).toBe(false);
  rmSync(paths.folder, { recursive: true });
});

test("any change of any file is detected, and everything is discarded", () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(damages)), fc.constantFrom(...files), (name, file) => {
      const paths = keptState();
      try {
        damages[name]?.(paths, file);
        expect([name, openState(paths)]).toEqual([name, expect.any(String)]);
        const left = [
          ...files.map((path) => join(paths.emulator, path)),
          paths.applied("dev"),
          paths.applied("stage"),
        ];
        expect([name, left.filter(isReadable)]).toEqual([name, []]);
        // The next start reports no problem.
        expect(openState(paths)).toBeUndefined();
      } finally {
        rmSync(paths.folder, { recursive: true });
      }
    }),
    { numRuns: 100 },
  );
});

test("an empty folder is a new one, and records of deployments are discarded", () => {
  const paths = keptState();
  rmSync(paths.emulator, { recursive: true });
  expect(openState(paths)).toBeUndefined();
  expect(isReadable(paths.applied("dev"))).toBe(false);
  rmSync(paths.folder, { recursive: true });
});
