import { replaced } from "../../packages/lambda-layer/src/edits";

/**
 * Defers the choice of a class from the load of its module to the first construction. Instances are those of the chosen
 * class.
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

/** debug, loaded when DEBUG is set or anything but a logger that prints nothing is used. */
export const debugUntilUsed = `
	module.exports = process.env.DEBUG ? require('./node.js') : debugWhenUsed();
	function debugWhenUsed() {
		let debug;
		const load = () => debug ??= require('./node.js');
		// A logger prints nothing until enable is called, which loads debug.
		const logger = (parameters) => {
			let loaded;
			const use = () => loaded ??= load()(...parameters);
			return proxyOf(use, {
				apply: (_target, self, values) => debug === undefined ? undefined : Reflect.apply(use(), self, values),
				get: (_target, key) => debug === undefined && key === 'enabled' ? undefined : Reflect.get(use(), key),
			});
		};
		return proxyOf(load, {
			apply: (_target, self, parameters) => debug === undefined && typeof parameters[0] === 'string'
				? logger(parameters)
				: Reflect.apply(load(), self, parameters),
			get: (_target, key) => Reflect.get(load(), key),
		});
	}
	function proxyOf(use, { apply, get }) {
		return new Proxy(function () {}, {
			apply,
			get,
			set: (_target, key, value) => Reflect.set(use(), key, value),
			has: (_target, key) => Reflect.has(use(), key),
			ownKeys: () => Reflect.ownKeys(use()),
			deleteProperty: (_target, key) => Reflect.deleteProperty(use(), key),
			defineProperty: (_target, key, property) => Reflect.defineProperty(use(), key, property),
			// A proxy may only show a property as not configurable that its target has.
			getOwnPropertyDescriptor: (target, key) => {
				const property = Reflect.getOwnPropertyDescriptor(use(), key);
				if (property?.configurable === false && !Object.hasOwn(target, key)) Object.defineProperty(target, key, property);
				return property;
			},
		});
	}`;
