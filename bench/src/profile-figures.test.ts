import { profileFigures } from "./profile-figures";

const start = (zod: number, helmet: number, answer: number) => ({
  over: zod + helmet + answer,
  load: new Map([
    ["zod", zod],
    ["Helmet", helmet],
  ]),
  firstEvent: new Map([["Helmet", answer]]),
});

/** The last one is the slowest as a whole, and in Helmet the quickest. */
const starts = [start(3, 2, 1), start(6, 3, 1), start(40, 0, 0)];

const told = (subject: string, measure: string) =>
  profileFigures("GET", starts).find((figure) => figure.subject === subject && figure.measure === measure)
    ?.median;

test("every group is told of the same starts: those that were quickest as a whole", () => {
  expect(told("zod", "GET load")).toBe(4.5);
  expect(told("Helmet", "GET load")).toBe(2.5);
  expect(told("Helmet", "GET first event")).toBe(1);
  expect(told("all of it", "GET load")).toBe(7);
});

test("shares are of load and first event, and add up to the whole", () => {
  expect(told("zod", "GET share of both")).toBe(56.25);
  expect(told("Helmet", "GET share of both")).toBe(43.75);
  expect(told("all of it", "GET share of both")).toBe(100);
});
