package postwarden.schema.registry;

import org.apache.avro.Schema;

/** Schemas by id and by subject, wherever they are kept. Safe for use by several threads. */
public sealed interface Registry extends AutoCloseable permits HttpRegistry, MemoryRegistry {

    /**
     * Adds a version to a subject, unless the subject has this schema already.
     *
     * @param subject such as {@code mail.lines-value}
     * @param schema the schema, with its documentation
     * @return the schema's id
     * @throws RegistryRefused when the subject's rule forbids this version, or the caller may not write
     */
    int register(String subject, Schema schema);

    /**
     * Looks a schema up that should be there.
     *
     * @param subject such as {@code mail.lines-value}
     * @param schema the schema, with its documentation
     * @return the schema's id
     * @throws RegistryRefused when the subject or the schema under it is not known
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema with an id.
     *
     * @param id as it stands in a record
     * @throws RegistryRefused when the id is not known
     */
    Schema schema(int id);

    /**
     * The latest version of a subject.
     *
     * @param subject such as {@code mail.lines-value}
     * @throws RegistryRefused when the subject is not known
     */
    Registered latest(String subject);

    /**
     * Sets the rule for the versions that a subject gets from now on.
     *
     * @param subject such as {@code mail.lines-value}; need not exist yet
     * @param rule the rule
     * @throws RegistryRefused when the caller may not set it
     */
    void require(String subject, Compatibility rule);

    /** Where the schemas are, for messages: never with a password. */
    String name();

    /** Lets go of whoever waits for an answer; they get an exception. */
    @Override
    void close();
}
