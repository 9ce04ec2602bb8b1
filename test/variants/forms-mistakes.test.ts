import { describeMistakes } from "../course/variants/forms/describe-mistakes.js";
import { listForms } from "../course/variants/forms/forms.js";
import { listMistakenForms } from "../course/variants/forms/mistakes.js";

describeMistakes(listMistakenForms(listForms()));
