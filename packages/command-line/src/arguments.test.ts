import { integer, listOf, matching, oneOf, valuesByName } from "./arguments";
import { UsageError } from "./errors";

const name = oneOf("environments", ["dev", "prod"]);
const accounts = valuesByName(name, (given) => matching("an id", /^(\d+)$/, "id")(given).id);

test("lists and values by name are parsed", () => {
  expect(listOf(integer("a port", 1, 9))("7, 8")).toEqual([7, 8]);
  expect(accounts("dev=1,prod=22")).toEqual({ dev: "1", prod: "22" });
  expect(matching("a path", /^(\w+)\/(\w+)$/, "owner", "name")("a/b")).toEqual({ owner: "a", name: "b" });
});

test.each([
  ["qa=1", 'Expected one of the environments dev, prod, found "qa".'],
  ["dev", 'Expected an id, found "".'],
  ["dev=1,prod=x", 'Expected an id, found "x".'],
])("%s is wrong usage", (given, message) => {
  expect(() => accounts(given)).toThrow(UsageError);
  expect(() => accounts(given)).toThrow(message);
});
