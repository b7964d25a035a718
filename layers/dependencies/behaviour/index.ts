import { checksums } from "./checksums";
import { debug } from "./debug";
import { httpsAgent } from "./https-agent";
import { mimeTypes } from "./mime-types";
import { pathToRegexp } from "./path-to-regexp";
import { sharedConfigurationFiles } from "./shared-configuration-files";
import { uuid } from "./uuid";
import { zodLocales } from "./zod-locales";
import type { Programs } from "./programs";

/** Programs by test name, which edits refer to. Each runs with the published file and with the edited one. */
export const equalBehaviour: Readonly<Record<string, Programs<never>>> = {
  "mime-types": mimeTypes(),
  "zod locales": zodLocales(),
  "path-to-regexp": pathToRegexp(),
  uuid: uuid(),
  checksums: checksums(),
  "https agent": httpsAgent(),
  "shared configuration files": sharedConfigurationFiles(),
  debug: debug(),
};
