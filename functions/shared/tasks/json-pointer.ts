/** `/payload/message`: https://datatracker.ietf.org/doc/html/rfc6901 */
export const jsonPointer = (path: readonly PropertyKey[]) =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
