// Cruises the folders given as arguments, below the working directory, by the rules of .dependency-cruiser.mjs and prints the violations
// as JSON. A process of its own, because dependency-cruiser is an ES module, and because the rules read the working directory.
import { cruise } from "dependency-cruiser";
import configuration from "../../.dependency-cruiser.mjs";

const { forbidden, options } = configuration;
const { output } = await cruise(process.argv.slice(2), { ...options, validate: true, ruleSet: { forbidden } });
const violations = output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
console.log(JSON.stringify({ rules: forbidden, violations, cruised: output.summary.totalCruised }));
