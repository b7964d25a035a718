import * as fc from "fast-check";
import { asError } from "./as-error";
import { forgetSecrets, maskSecrets, rememberSecret } from "./mask-secrets";

afterEach(forgetSecrets);

const secret = fc
  .string({ unit: "grapheme", minLength: 6, maxLength: 60 })
  .filter((text) => text.trim().length >= 6);

const encodings: Readonly<Record<string, (text: string) => string>> = {
  unchanged: (text) => text,
  "without blanks around it": (text) => text.trim(),
  "escaped for JSON": (text) => JSON.stringify(text).slice(1, -1),
  "escaped for JSON within JSON": (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  "escaped for a URL": encodeURIComponent,
  "escaped for a form": (text) => new URLSearchParams({ a: text }).toString().slice(2),
  base64: (text) => Buffer.from(text).toString("base64"),
  base64url: (text) => Buffer.from(text).toString("base64url"),
  hexadecimal: (text) => Buffer.from(text).toString("hex"),
};

/** Strings without a secret that cannot become part of one. */
const around = fc.string({ unit: fc.constantFrom("{", "}", "\t"), maxLength: 5 });

test.each(Object.entries(encodings))("a secret %s is masked anywhere in a string", (_how, encode) => {
  fc.assert(
    fc.property(secret, around, around, (value, before, behind) => {
      forgetSecrets();
      rememberSecret("key", value);
      expect(maskSecrets(`${before}${encode(value)}${behind}${encode(value)}`)).not.toContain(encode(value));
    }),
  );
});

test("a secret within base64 is masked but for the digits that it shares with its neighbours", () => {
  fc.assert(
    fc.property(
      secret,
      fc.uint8Array({ maxLength: 10 }),
      fc.uint8Array({ maxLength: 10 }),
      (value, before, behind) => {
        forgetSecrets();
        rememberSecret("key", value);
        const encoded = Buffer.concat([before, Buffer.from(value), behind]).toString("base64");
        const left = maskSecrets(encoded).replace("[secret key]", "");
        const digitsOfNeighbours = Math.ceil(((before.length + behind.length) * 8) / 6) + 4;
        expect(left.replaceAll("=", "").length).toBeLessThanOrEqual(digitsOfNeighbours);
      },
    ),
  );
});

test("no part of a secret is left where an error's message is cut", () => {
  const value = "correct-horse-battery-staple";
  rememberSecret("key", value);
  for (let before = 1_800; before < 2_100; before++) {
    const { message } = asError(new Error(`${"x".repeat(before)}${value}${"y".repeat(3_000)}`));
    expect(message).not.toContain("corr");
  }
});

test("strings in a secret that is JSON are masked, and former values after a rotation", () => {
  rememberSecret("database", JSON.stringify({ port: 5432, login: { password: "correct horse" } }));
  rememberSecret("database", JSON.stringify({ login: { password: "battery staple" } }));
  expect(maskSecrets("correct horse or battery staple")).toBe("[secret database] or [secret database]");
});

test("strings that are too short are not masked, and none before a secret is read", () => {
  expect(maskSecrets("correct horse")).toBe("correct horse");
  rememberSecret("key", "error");
  expect(maskSecrets("an error")).toBe("an error");
});
