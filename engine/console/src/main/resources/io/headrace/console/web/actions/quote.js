// Names as they are written in a shell and in Java, so that what is shown can be copied and run.

/** An argument of a POSIX shell. */
export function shell(value) {
  const string = String(value);
  return /^[\w@%+=:,./-]+$/.test(string) && !string.startsWith('-') ? string : `'${string.replaceAll("'", `'\\''`)}'`;
}

/** A string literal of Java. */
export function java(value) {
  const escaped = String(value).replace(/[\\"\u0000-\u001f\u007f-\uffff]/g, character =>
      character === '\\' || character === '"'
          ? '\\' + character
          : '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0'));
  return `"${escaped}"`;
}

/** The id of a job in Java. */
export function javaId(id) {
  return `JobId.parse(${java(id)})`;
}
