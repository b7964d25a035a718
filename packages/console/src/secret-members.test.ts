import { mask, masked, maskedBody, secretMembers, unmasked } from "./secret-members";

const schemas = [
  { type: "object", properties: { token: { type: "string", writeOnly: true }, name: { type: "string" } } },
  {
    type: "object",
    properties: { login: { type: "object", properties: { pin: { type: "string", format: "password" } } } },
  },
];
const payload = { name: "a", token: "t", list: [{ pin: "1" }] };

test("members that a schema marks are masked at any depth, and an edit keeps their values", () => {
  const names = secretMembers(schemas);
  expect(names).toEqual(["pin", "token"]);
  const shown = masked(payload, names);
  expect(shown).toEqual({ name: "a", token: mask, list: [{ pin: mask }] });
  expect(unmasked({ ...shown, name: "b" }, payload)).toEqual({ ...payload, name: "b" });
  expect(unmasked({ token: "new" }, payload)).toEqual({ token: "new" });
});

test("a body that is no JSON is shown as it is", () => {
  expect(maskedBody("not JSON", ["token"])).toBe("not JSON");
  expect(maskedBody('{"token":"t"}', ["token"])).toBe(`{"token":"${mask}"}`);
});
