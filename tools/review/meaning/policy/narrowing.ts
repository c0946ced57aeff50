import { isInternet } from "../network/cidr-set";
import type { Condition } from "./policy-document";

/** Operators that ask for a value that is there: others pass, or may pass, where a request has none. */
const ASKING = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress|Bool)$/;

/** Whether a condition keeps strangers out: it asks for a value, and none of its values is one that a stranger may have. */
export function narrows({ operator, key, values }: Condition): boolean {
  return ASKING.test(operator) && values.length > 0 && values.every((value) => !isAnybodys(key, value));
}

/** Whether a value stands for anybody: a pattern without a name in it, an ARN of any account, the whole internet, a repository of anybody. */
function isAnybodys(key: string, value: string): boolean {
  if (/^[*?:/]*$/.test(value) || isInternet(value)) return true;
  if (value.startsWith("arn:")) return /[*?]/.test(value.split(":")[4] ?? "") || value.split(":").length < 6;
  // repo:<owner>/<repository>:…, project_path:<group>/<project>:…, system:serviceaccount:<namespace>:<name>
  return key.endsWith(":sub") && /[*?]/.test(value.split(":").slice(0, 2).join(":"));
}
