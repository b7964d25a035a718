import { applicationPrograms } from "./application";
import { bodyPrograms } from "./bodies";
import { cookiePrograms } from "./cookies";
import { formPrograms } from "./forms";
import { methodsPrograms } from "./methods";
import { mountingPrograms } from "./mounting";
import { type Programs } from "../program";
import { propertyPrograms } from "./properties";
import { requestPrograms } from "./request";
import { responseBodyPrograms } from "./response-body";
import { responsePrograms } from "./response";
import { routingPrograms } from "./routing";
import { sendFilePrograms } from "./send-file";
import { settingPrograms } from "./settings";
import { staticPrograms } from "./static";
import { viewPrograms } from "./views";

/** Programs for all documented APIs of Express; express-api.test.ts finds missing ones. */
export const expressPrograms: Programs = {
  ...applicationPrograms,
  ...bodyPrograms,
  ...cookiePrograms,
  ...formPrograms,
  ...methodsPrograms,
  ...mountingPrograms,
  ...propertyPrograms,
  ...requestPrograms,
  ...responseBodyPrograms,
  ...responsePrograms,
  ...routingPrograms,
  ...sendFilePrograms,
  ...settingPrograms,
  ...staticPrograms,
  ...viewPrograms,
};
