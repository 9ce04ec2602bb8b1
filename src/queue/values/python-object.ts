/** What a pickle names and this program does not have: an instance, a class or a function of Python's. */
export class PythonObject {
  constructor(
    readonly module: string,
    readonly name: string,
  ) {}

  toString(): string {
    return `<${this.module}.${this.name} …>`;
  }
}
