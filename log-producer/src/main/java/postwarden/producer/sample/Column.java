package postwarden.producer.sample;

/**
 * One value of a table's rows.
 *
 * @param name with its unit
 * @param most whether two amounts come to the larger of them; else to their sum
 */
record Column(String name, boolean most) {
    static Column sum(String name) {
        return new Column(name, false);
    }

    static Column most(String name) {
        return new Column(name, true);
    }

    long of(long one, long other) {
        return most ? Math.max(one, other) : one + other;
    }
}
