import { existsSync, readFileSync, rmSync } from "node:fs";
import * as z from "zod";
import { localStoreVariables, storeKinds, type StoreKind } from "../../deploy/emulator/local-store";
import { replaceFile } from "../../packages/lambda-layer/src/write-files";
import type { LocalPaths } from "../../packages/local-cloud/src/local-paths";
import { parseJson } from "../../packages/local-cloud/src/parse-json";

const chosenStore = z.object({ store: z.enum(storeKinds) });

/** The store that the local cloud was started with, for the commands that use it later; undefined when tfvars decide. */
export function readChosenStore(paths: LocalPaths, environment: string): StoreKind | undefined {
  const file = paths.store(environment);
  if (!existsSync(file)) return undefined;
  return chosenStore.safeParse(parseJson(readFileSync(file, "utf8"))).data?.store;
}

export function writeChosenStore(paths: LocalPaths, environment: string, store: StoreKind | undefined): void {
  if (store === undefined) rmSync(paths.store(environment), { force: true });
  else replaceFile(paths.store(environment), Buffer.from(JSON.stringify({ store })));
}

/** The port of the database server is the one after the emulator's. */
export const databasePort = (emulatorPort: number): number => emulatorPort + 1;

/** The variables by which the stacks of a local cloud have its store. */
export const storeVariables = (store: StoreKind | undefined, emulatorPort: number): NodeJS.ProcessEnv =>
  store === undefined
    ? {}
    : {
        [localStoreVariables.kind]: store,
        ...(store === "postgres" && {
          [localStoreVariables.address]: `127.0.0.1:${databasePort(emulatorPort)}`,
        }),
      };
