import { describeLives } from "../course/variants/forms/describe-lives.js";
import { listEdition2026 } from "../course/variants/forms/edition-2026.js";
import { listForms } from "../course/variants/forms/forms.js";

describeLives([...listEdition2026(), ...listForms()]);
