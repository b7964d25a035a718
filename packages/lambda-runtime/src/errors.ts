/** npm could not install packages. The message is complete without the stack. */
export class PackagesNotInstalledError extends Error {
  override readonly name = "PackagesNotInstalledError";

  constructor(folder: string, output: string) {
    super(
      `npm could not install the packages of ${folder}:\n${output}
  expected  access to the npm registry, as for npm ci of the project
  next      run npm ci in that folder, then retry`,
    );
  }
}
