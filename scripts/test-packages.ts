import { testPackages } from "../e2e/suites/packages/test-packages";
import { runMain } from "./local/run-main";

/** `npm run test:packages` */
runMain(() => testPackages(process.argv.slice(2)));
