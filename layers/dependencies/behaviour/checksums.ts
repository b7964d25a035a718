import { attempted, type Programs } from "./programs";

interface Checksum {
  readonly digestLength: number;
  readonly update: (data: Uint8Array) => void;
  readonly digest: () => Promise<Uint8Array>;
  readonly digestSync?: () => number;
  readonly reset: () => void;
}
type Checksums = Readonly<Record<string, new (secret?: unknown) => Checksum>>;

export function checksums(): Programs<Checksums> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const classOf = (exports: Checksums) => Object.values(exports)[0] ?? Object;
  const hex = (digest: Uint8Array) => Buffer.from(digest).toString("hex");
  const create = (load: () => Checksums, secret?: unknown) => new (classOf(load()))(secret) as Checksum;
  return {
    "names and instances": (load) => {
      const exports = load();
      const Class = classOf(exports);
      const one = new Class();
      return [
        Object.keys(exports),
        Class.name,
        one instanceof Class,
        {} instanceof Class,
        one.constructor.name,
      ];
    },
    "digests of parts": async (load) => {
      const checksum = create(load);
      const digests = [checksum.digestLength, hex(await checksum.digest())];
      for (const part of ["a", "", "\u00e4\u{1f600}", "x".repeat(100_000)]) {
        checksum.update(bytes(part));
        digests.push(hex(await checksum.digest()), checksum.digestSync?.() ?? "none");
      }
      checksum.reset();
      return [...digests, hex(await checksum.digest())];
    },
    "with a secret": async (load) => {
      const digests: unknown[] = [];
      for (const secret of ["key", bytes("key"), bytes("key").buffer]) {
        const checksum = create(load, secret);
        checksum.update(bytes("data"));
        digests.push(
          hex(await checksum.digest()),
          attempted(() => {
            checksum.update(bytes("more"));
          }),
        );
        checksum.reset();
        checksum.update(bytes("more"));
        digests.push(hex(await checksum.digest()));
      }
      return digests;
    },
    "a class that extends it": async (load) => {
      class Mine extends (classOf(load()) as new () => Checksum) {
        readonly mine = true;
      }
      const one = new Mine();
      one.update(bytes("a"));
      return [one.mine, hex(await one.digest()), one.digestLength, one instanceof Mine];
    },
  };
}
