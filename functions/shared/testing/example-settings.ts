import * as z from "zod/mini";
import { settings, type Settings } from "../../settings";

/** The first example of each setting. @throws {Error} for a setting without one */
export const exampleSettings = (): Settings =>
  settings.parse(
    Object.fromEntries(
      Object.entries<z.ZodMiniType>(settings.shape).map(([name, schema]) => {
        const examples: readonly unknown[] = Object.values(z.globalRegistry.get(schema)?.examples ?? {});
        const [example] = examples;
        if (example === undefined) throw new Error(`functions/settings.ts has no example of ${name}`);
        return [name, example];
      }),
    ),
  );
