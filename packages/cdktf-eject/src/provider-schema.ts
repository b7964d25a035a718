import * as z from "zod";

/** A block in the output of `terraform providers schema -json`. */
export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly block_types?:
    | Readonly<Record<string, { readonly nesting_mode: string; readonly block: BlockSchema }>>
    | undefined;
}

const block: z.ZodType<BlockSchema> = z.lazy(() =>
  z.object({
    attributes: z.record(z.string(), z.unknown()).optional(),
    block_types: z.record(z.string(), z.object({ nesting_mode: z.string(), block })).optional(),
  }),
);
const schemas = z.record(z.string(), z.object({ block })).default({});
const providerSchema = z.object({
  provider: z.object({ block: block.optional() }),
  resource_schemas: schemas,
  data_source_schemas: schemas,
});
const document = z.object({ provider_schemas: z.record(z.string(), providerSchema) });

/** The schemas of all providers that a stack uses. */
export class ProviderSchemas {
  private readonly providers: z.output<typeof document>["provider_schemas"];

  /** @param json of `terraform providers schema -json` */
  constructor(json: string) {
    this.providers = document.parse(JSON.parse(json)).provider_schemas;
  }

  resource = (type: string): BlockSchema => this.find(type, ({ resource_schemas }) => resource_schemas[type]);
  data = (type: string): BlockSchema =>
    this.find(type, ({ data_source_schemas }) => data_source_schemas[type]);
  provider = (name: string): BlockSchema => {
    const [, found] = Object.entries(this.providers).find(([source]) => source.endsWith(`/${name}`)) ?? [];
    if (found?.provider.block === undefined) throw new Error(`There is no schema of the provider ${name}`);
    return found.provider.block;
  };

  private find(
    type: string,
    of: (provider: z.output<typeof providerSchema>) => { readonly block: BlockSchema } | undefined,
  ): BlockSchema {
    const found = Object.values(this.providers).flatMap((provider) => of(provider) ?? []);
    const [schema] = found;
    if (schema === undefined) throw new Error(`There is no schema of ${type}`);
    return schema.block;
  }
}
