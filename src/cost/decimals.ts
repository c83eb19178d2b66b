const decimal = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/;
const places = 18;

/** Sum of two decimal texts, exact; money is never rounded on the way. Undefined for what is no plain decimal. */
export function addDecimals(a: string, b: string): string | undefined {
  const [left, right] = [scaled(a), scaled(b)];
  if (left === undefined || right === undefined) return undefined;
  const sum = left + right;
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, "0");
  const fraction = digits.slice(-places).replace(/0+$/, "");
  const whole = digits.slice(0, -places);
  return `${sum < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

function scaled(text: string): bigint | undefined {
  const [, sign, whole, fraction = ""] = decimal.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const value = BigInt(whole + fraction.padEnd(places, "0"));
  return sign === "-" ? -value : value;
}
