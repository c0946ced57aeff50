/** A word of a shell command, quoted so that the shell takes it as it is. */
export function shellQuoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A file written by a script, whatever stands in it. The mark that ends it must not be a line of the text. */
export function fileFromScript(path: string, mode: string, text: string, mark: string): string {
  return `cat > ${path}.new <<'${mark}'
${text.trimEnd()}
${mark}
chmod ${mode} ${path}.new
mv -f ${path}.new ${path}`;
}
