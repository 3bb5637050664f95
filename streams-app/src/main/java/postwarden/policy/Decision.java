package postwarden.policy;

/** What an operator has decided, as the policy topic keeps it: one record of each tenant and id, the last one holds. */
public sealed interface Decision permits Allowance, Saying {
    String tenant();

    /** Within its tenant, 1 to 64 of a-z, A-Z, 0-9, '.', '_' and '-'. */
    String id();
}
