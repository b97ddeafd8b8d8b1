/**
 * Who holds which role in the company that lives in local Slack. It stands apart because local Slack knows
 * nothing of Docket: only `main.ts`, the tests and the demo bring the two together.
 */
export const LOCAL_ROLES: Record<string, string[]> = {
  change_manager: ['U02NADIA013'],
  peer_reviewer: ['S02PEERREV1'], // Jonas, Olga and Wei
  development_lead: ['U02LUCIA004'],
  devops_lead: ['U02PRIYA003'],
  product_manager: ['U02TOMAS005'],
  security_lead: ['U02AMIRA006'],
  compliance_lead: ['U02HENRI007'],
  security_representative: ['U02AMIRA006'],
  infrastructure_architect: ['U02WEI00008'],
  business_representative: ['U02GRACE009'],
  on_call_engineer: ['S02ONCALL02'], // Maya
  senior_engineer: ['S02SENIORS3'], // Olga and Wei
  department_head: ['U02KLAUS010'],
  designated_approver: ['U02TOMAS005'],
  process_improvement: ['U02NADIA013'],
  auditor: ['U02HENRI007'],
};
