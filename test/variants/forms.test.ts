import { describeAcceptance } from "../course/variants/forms/describe-acceptance.js";
import { listEdition2026 } from "../course/variants/forms/edition-2026.js";
import { listForms } from "../course/variants/forms/forms.js";

describeAcceptance([...listEdition2026(), ...listForms()]);
