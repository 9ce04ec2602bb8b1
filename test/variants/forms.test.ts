import { describeAcceptance } from "../course/variants/forms/describe-acceptance.js";
import { listForms } from "../course/variants/forms/forms.js";

describeAcceptance(listForms());
