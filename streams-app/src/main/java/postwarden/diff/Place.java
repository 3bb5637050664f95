package postwarden.diff;

/** Where an alert stands with respect to the lines that both sides have read. */
public enum Place {
    /** Something it rests on was written before them. */
    BEFORE,
    INSIDE,
    /** Something it rests on was written behind them. */
    BEHIND
}
