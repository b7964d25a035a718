import { type Programs } from "./programs";

export function zodLocales(): Programs<Record<string, () => { localeError: (issue: unknown) => unknown }>> {
  const issues = [
    { code: "invalid_type", expected: "string", input: 1 },
    { code: "invalid_value", values: ["a", "b"], input: "c" },
    { code: "too_big", origin: "string", maximum: 3, inclusive: true, input: "abcd" },
    { code: "too_small", origin: "array", minimum: 2, inclusive: false, input: [] },
    { code: "invalid_format", format: "email", input: "x" },
    { code: "not_multiple_of", divisor: 3, input: 4 },
    { code: "unrecognized_keys", keys: ["a"], input: {} },
    { code: "invalid_union", input: {} },
    { code: "custom", input: {} },
  ];
  return {
    "messages of all languages": (load) => {
      const locales = load();
      return Object.entries(locales).map(([name, locale]) => [
        name,
        issues.map((issue) => locale().localeError(issue)),
      ]);
    },
  };
}
