package io.taskweaver.prompts;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A piece of a query that can be left out on its own.
 *
 * @param list variable of the template that it belongs to
 * @param name its name in the list of parts that were left out
 * @param use how much the task needs it
 * @param values variables of the piece itself
 * @param characters length of its text
 */
record QueryPart(String list, String name, Use use, Map<String, Object> values, int characters) {
    /** From what is never left out to what goes first. */
    enum Use {
        ESSENTIAL,
        EXPECTED_FILE,
        USED_CONTRACT,
        DEPENDENT,
        CONTRACT_CHECK,
        CONVENTION,
        FOUNDATION,
        SIBLING,
        MENTIONED_FILE,
        CONTRACT_DETAIL,
        NEIGHBOUR_FILE,
        LATER,
        PROJECT_FILE,
        OTHER_FILE
    }

    /** The least useful first, of these the longest. */
    static final Comparator<QueryPart> ORDER_OF_DROPPING = Comparator.comparing(QueryPart::use)
            .thenComparingInt(QueryPart::characters)
            .reversed()
            .thenComparing(QueryPart::name);

    /** A file under a heading, in a fence. */
    static QueryPart file(String list, String path, Use use, String block) {
        return new QueryPart(list, path, use, Map.of("path", Quoting.oneLine(path), "block", block), block.length());
    }

    /** A piece that says a few things, each safe to stand in the text. */
    static QueryPart of(String list, String name, Use use, Map<String, Object> values) {
        return new QueryPart(list, name, use, values, length(values.values()));
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
