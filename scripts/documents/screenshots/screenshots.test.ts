import { staleScreenshots } from "../../../packages/console/src/screenshots";
import { screenshotFolder } from "./folder";

test("the pictures of the console show the page as it is: npm run cli -- screenshots dev", () => {
  expect(staleScreenshots(screenshotFolder)).toEqual([]);
});
