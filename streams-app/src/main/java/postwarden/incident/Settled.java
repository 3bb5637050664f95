package postwarden.incident;

/**
 * A watch's word that it has told everything up to a pane.
 *
 * @param part which part of the keys it watches, 0 to parts - 1
 * @param parts how many parts there are, >= 1
 * @param through the last pane that is told in full
 * @param ended whether nothing more will come
 */
public record Settled(String tenant, int part, int parts, long through, boolean ended) {}
