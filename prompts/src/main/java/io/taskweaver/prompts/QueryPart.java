package io.taskweaver.prompts;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A piece of a query that can be left out, or set aside, on its own.
 *
 * @param list variable of the template that it belongs to
 * @param name its name in the list of parts that were left out
 * @param use how much the task needs it
 * @param values variables of the piece itself
 * @param characters length of its text
 * @param inCode whether it is a file of the code, which whoever has a work tree can read there
 */
record QueryPart(String list, String name, Use use, Map<String, Object> values, int characters, boolean inCode) {
    /** From what is never left out to what goes first. */
    enum Use {
        CRITERION,
        /** What cannot be done without: the sides of a conflict, the interface to implement. */
        ESSENTIAL,
        CONSTRAINT,
        BOUNDARY,
        COMMAND,
        TERM,
        EXPECTED_FILE,
        USED_CONTRACT,
        DATA,
        DEPENDENT,
        CONTRACT_CHECK,
        CONVENTION,
        FOUNDATION,
        TEXT,
        SIBLING,
        MENTIONED_FILE,
        CONTRACT_DETAIL,
        NEIGHBOUR_FILE,
        LATER,
        PROJECT_FILE,
        OTHER_FILE;

        /** Whether no limit leaves it out. */
        boolean stays() {
            return this == CRITERION || this == ESSENTIAL || this == CONSTRAINT || this == BOUNDARY;
        }
    }

    /** The least useful first, of these the longest. */
    static final Comparator<QueryPart> ORDER_OF_DROPPING = Comparator.comparing(QueryPart::use)
            .thenComparingInt(QueryPart::characters)
            .reversed()
            .thenComparing(QueryPart::name);

    /** The least useful first where a work tree is at hand: what lies in it goes before all that does not. */
    static final Comparator<QueryPart> ORDER_OF_SETTING_ASIDE = Comparator.comparingInt(QueryPart::distance)
            .thenComparing(QueryPart::use)
            .reversed();

    private int distance() {
        if (inCode) return 2;
        return switch (use) {
            case SIBLING, MENTIONED_FILE, CONTRACT_DETAIL, NEIGHBOUR_FILE, LATER, PROJECT_FILE, OTHER_FILE -> 1;
            case CRITERION -> -1;
            case ESSENTIAL,
                    CONSTRAINT,
                    BOUNDARY,
                    COMMAND,
                    TERM,
                    EXPECTED_FILE,
                    USED_CONTRACT,
                    DATA,
                    DEPENDENT,
                    CONTRACT_CHECK,
                    CONVENTION,
                    FOUNDATION,
                    TEXT -> 0;
        };
    }

    /** A file under a heading, in a fence. */
    static QueryPart file(String list, String path, Use use, String block, boolean inCode) {
        return new QueryPart(
                list, path, use, Map.of("path", Quoting.oneLine(path), "block", block), block.length(), inCode);
    }

    /** A piece that says a few things, each safe to stand in the text. */
    static QueryPart of(String list, String name, Use use, Map<String, Object> values) {
        return new QueryPart(list, name, use, values, length(values.values()), false);
    }

    private static int length(Iterable<?> values) {
        int length = 0;
        for (Object value : values)
            length += value instanceof List<?> list
                    ? length(list)
                    : value instanceof Map<?, ?> map
                            ? length(map.values())
                            : value.toString().length();
        return length;
    }
}
