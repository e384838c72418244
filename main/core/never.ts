/** Closes a switch over a union: a member that is not handled fails to compile. */
export function unreachable(value: never): never {
  throw new Error(`A case is not handled: ${JSON.stringify(value)}`);
}
