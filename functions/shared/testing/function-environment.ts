import { exampleSettings } from "./example-settings";

/** The variables of a function, for a test that imports its `index.ts` after this. */
Object.assign(process.env, {
  PROJECT: "tasks",
  ENVIRONMENT: "test",
  SERVICE_NAME: "test",
  SERVICE_VERSION: "1.0.0",
  LOG_LEVEL: "ERROR",
  SETTINGS: JSON.stringify(exampleSettings()),
});
