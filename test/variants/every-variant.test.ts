import { describeChecks } from "../course/variants/describe-checks.js";
import { listVariants } from "../course/variants/variants.js";

describeChecks(listVariants());
