import { profileFigures } from "./profile-figures";

const start = (zod: number, helmet: number, firstEvent: number) => ({
  over: zod + helmet + firstEvent,
  load: new Map([
    ["zod", zod],
    ["Helmet", helmet],
  ]),
  firstEvent: new Map([["Helmet", firstEvent]]),
});

/** The last start has the longest total time, and the shortest time of Helmet. */
const starts = [start(3, 2, 1), start(6, 3, 1), start(40, 0, 0)];

const figureOf = (subject: string, measure: string) =>
  profileFigures("GET", starts).find((figure) => figure.subject === subject && figure.measure === measure)
    ?.median;

test("the figures of all groups are those of the same starts: the faster half by total time", () => {
  expect(figureOf("zod", "GET load")).toBe(4.5);
  expect(figureOf("Helmet", "GET load")).toBe(2.5);
  expect(figureOf("Helmet", "GET first event")).toBe(1);
  expect(figureOf("all of it", "GET load")).toBe(7);
});

test("shares are those of load and first event together, and add up to 100 %", () => {
  expect(figureOf("zod", "GET share of both")).toBe(56.25);
  expect(figureOf("Helmet", "GET share of both")).toBe(43.75);
  expect(figureOf("all of it", "GET share of both")).toBe(100);
});
