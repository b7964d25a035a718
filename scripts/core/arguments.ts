import { environmentNames } from "../../deploy/config/environments";
import { argument, flag, oneOf, option, integer } from "../../packages/command-line/src/arguments";

export const environment = (description = "The environment: a folder in deploy/10_core/environments.") =>
  argument(description, (given) => oneOf("environments", environmentNames())(given));

export const jsonLogs = () =>
  flag("Print log lines as JSON on standard output, and everything else on standard error.");

export const port = () =>
  option("port", "Port of the emulator (4566, or LOCAL_CLOUD_PORT).", integer("a port", 1, 65_535));
