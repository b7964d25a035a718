import { App } from "cdktf";
import { synthesizeEnvironments } from "./stacks";

void synthesizeEnvironments(() => new App());
