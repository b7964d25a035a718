import { accept as acceptDeployed, answered as log } from "./deployed.mjs";
import { count } from "./measured.mjs";

/** What the service has, and Powertools' metrics. */
export const accept = acceptDeployed;
export const answered = (method, path, status) => {
  log(method, path, status);
  count();
};
