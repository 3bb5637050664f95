package postwarden.schema.registry;

/** A registry's "no": it was reached, understood the question, and asking again would not help. */
public final class RegistryRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** HTTP's status for what is not there; the first digits of Confluent's codes for it. */
    public static final int NOT_FOUND = 404;

    /** Confluent's error code for a subject that has no versions. */
    public static final int SUBJECT_NOT_FOUND = 40401;

    /** Confluent's error code for a version that a subject does not have. */
    public static final int VERSION_NOT_FOUND = 40402;

    /** Confluent's error code for a schema that is not registered. */
    public static final int SCHEMA_NOT_FOUND = 40403;

    /** Confluent's error code for a compatibility rule that was never set for a subject. */
    public static final int RULE_NOT_FOUND = 40408;

    /** Confluent's error code for a schema that breaks the subject's compatibility rule. */
    public static final int INCOMPATIBLE = 409;

    /** Confluent's error code for a text that is no schema. */
    public static final int INVALID_SCHEMA = 42201;

    /** Confluent's error code for a compatibility rule that does not exist. */
    public static final int INVALID_RULE = 42203;

    /** The longest HTTP status; a code above it has the status in its first three digits. */
    private static final int HIGHEST_STATUS = 999;

    private static final int DETAIL = 100;

    private final int code;

    /**
     * States the refusal.
     *
     * @param code Confluent's error code, or the HTTP status where there is none
     * @param message what was refused and why
     */
    public RegistryRefused(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Confluent's error code, or the HTTP status where there is none. */
    public int code() {
        return code;
    }

    /** The HTTP status that belongs to the code: its first three digits. */
    public int status() {
        return code > HIGHEST_STATUS ? code / DETAIL : code;
    }
}
