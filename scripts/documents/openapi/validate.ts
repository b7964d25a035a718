/**
 * What an independent validator has against a document.
 * @returns undefined when it is valid OpenAPI 3.1
 */
export async function errorsIn(document: object): Promise<string | undefined> {
  const { Validator } = await import("@seriousme/openapi-schema-validator");
  const { valid, errors } = await new Validator().validate({ ...document });
  return valid ? undefined : JSON.stringify(errors, null, 2);
}
