/** A shell word; names come from clouds and servers and may hold anything. */
export function quote(text: string): string {
  const line = text.replaceAll(/\p{Cc}/gu, " ");
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(line) ? line : `'${line.replaceAll("'", `'\\''`)}'`;
}

/** A Terraform string. */
export function hcl(text: string): string {
  return JSON.stringify(text).replaceAll("${", "$${").replaceAll("%{", "%%{");
}
