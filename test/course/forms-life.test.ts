import { describeLives } from "./variants/forms/describe-lives.js";
import { listSampleForms } from "./variants/forms/forms.js";

describeLives(listSampleForms());
