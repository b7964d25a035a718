import { saveTask as saveDeployed, logResponse as log } from "./deployed.mjs";
import { count } from "./measured.mjs";

/** The clients of the service, and Powertools' metrics. */
export const saveTask = saveDeployed;
export const logResponse = (method, path, status) => {
  log(method, path, status);
  count();
};
