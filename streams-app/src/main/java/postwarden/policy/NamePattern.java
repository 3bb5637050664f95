package postwarden.policy;

import java.util.Locale;
import postwarden.tally.Network;

/**
 * Which names are meant: one name, a text in which each {@code *} stands for anything, or a network of clients. Case does not
 * matter. Matching takes at most the product of both lengths.
 *
 * @param text 1 to 255 characters without blanks and control characters, at most {@value #MOST_STARS} stars
 */
public record NamePattern(String text) {
    public static final NamePattern ANYTHING = new NamePattern("*");

    private static final int LONGEST = 255;
    private static final int MOST_STARS = 8;
    private static final int SHOWN = 60;

    /** @throws IllegalArgumentException naming what is wrong with the text */
    public NamePattern {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a pattern has 1 to " + LONGEST + " characters, not '" + shown(text) + "'");
        }
        if (text.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw new IllegalArgumentException("a pattern has no blanks, unlike '" + shown(text) + "'");
        }
        if (text.chars().filter(c -> c == '*').count() > MOST_STARS) {
            throw new IllegalArgumentException(
                    "a pattern has at most " + MOST_STARS + " stars, unlike '" + shown(text) + "'");
        }
        if (isMeantAsNetwork(text) && Network.of(text).isEmpty()) {
            throw new IllegalArgumentException(
                    "a network is an address and a number of bits, such as 192.0.2.0/24, not '" + shown(text) + "'");
        }
        text = text.toLowerCase(Locale.ROOT);
    }

    /** Nothing but what addresses are made of in front of a slash: as a name it would cover nothing, and nobody would notice. */
    private static boolean isMeantAsNetwork(String text) {
        int slash = text.indexOf('/');
        return slash > 0
                && text.substring(0, slash).chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':')
                && text.substring(0, slash).chars().anyMatch(c -> c == '.' || c == ':');
    }

    public boolean isAnything() {
        return text.chars().allMatch(c -> c == '*');
    }

    /** Whether it means this name; an empty name is only meant by {@code *}. */
    public boolean matches(String name) {
        if (name.isEmpty()) {
            return isAnything();
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (text.indexOf('*') >= 0) {
            return glob(lower);
        }
        return text.equals(lower)
                || (text.indexOf('/') > 0
                        && Network.of(text)
                                .flatMap(network -> Network.of(lower).map(network::contains))
                                .orElse(false));
    }

    /** Goes on from the last star with one character more whenever what is behind it does not fit. */
    private boolean glob(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < name.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < text.length() && text.charAt(at) == name.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }

    static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
