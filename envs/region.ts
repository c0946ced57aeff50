import { notMatching } from "../modules/validation";

/** The problem with the name of an AWS region. */
export function regionProblem(name: string, value: string | undefined): string | undefined {
  return notMatching(
    name,
    value,
    /^(?!cn-|us-gov-|us-iso)[a-z]{2}-[a-z]+-\d$/,
    "an AWS region such as eu-west-3 (China and GovCloud are other partitions, which groundplan does not know)",
  );
}
