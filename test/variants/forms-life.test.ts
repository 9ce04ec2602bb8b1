import { describeLives } from "../course/variants/forms/describe-lives.js";
import { listForms } from "../course/variants/forms/forms.js";

describeLives(listForms());
