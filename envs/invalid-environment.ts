/** Something about the environments or their choice is the user's to fix; its message is all they need to read. */
export class InvalidEnvironment extends Error {
  override readonly name = "InvalidEnvironment";
}
