import { replaced } from "../../packages/lambda-layer/src";

/**
 * A module's class that is chosen while it is loaded, as one that is chosen when it is first constructed. Its instances
 * are those of the chosen class.
 * @throws {BuildError}
 */
export const lazyChoice = (text: string, name: string): string =>
  replaced(
    text
      .replace(/const hasNativeCrypto = (\(\(\) => \{[\s\S]*?\n\}\)\(\));/, "const native = () => $1;")
      .replace(/const zlibCrc32 = (.+);/, "const native = () => $1;")
      .replace(`export const ${name} = `, `const choose = () => `)
      .replace(/hasNativeCrypto|zlibCrc32/g, "native()"),
    {
      "const choose = () => ": `let chosen;
export class ${name} {
    constructor(...options) { return new (chosen ??= choose())(...options); }
    static [Symbol.hasInstance](value) { return value instanceof (chosen ??= choose()); }
}
const choose = () => `,
    },
  );

/** debug, as a function that loads it when DEBUG is set or something is read of it. */
export const debugUntilUsed = `
	module.exports = process.env.DEBUG ? require('./node.js') : untilUsed(() => require('./node.js'), (load) => (...args) => untilUsed(() => load()(...args)));
	// A function that does nothing until a member of it is used: then it is the loaded one.
	function untilUsed(load, call = () => () => undefined) {
		let loaded;
		const use = () => loaded ??= load();
		return new Proxy(function () {}, {
			apply: (_target, self, args) => loaded === undefined ? Reflect.apply(call(use), self, args) : Reflect.apply(loaded, self, args),
			get: (_target, key) => loaded === undefined && key === 'enabled' ? false : Reflect.get(use(), key),
			set: (_target, key, value) => Reflect.set(use(), key, value),
			has: (_target, key) => Reflect.has(use(), key),
			defineProperty: (_target, key, property) => Reflect.defineProperty(use(), key, property),
			getOwnPropertyDescriptor: (target, key) => Reflect.getOwnPropertyDescriptor(key === 'prototype' ? target : use(), key),
		});
	}`;
