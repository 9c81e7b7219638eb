package io.taskweaver.domain.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A piece of a query that can be left out on its own.
 *
 * @param section heading that it stands under
 * @param name what a reader is told when it is left out
 * @param use how much the task needs it
 */
record QueryPart(String section, String name, Use use, String text) {
    /** From what is never left out to what goes first. */
    enum Use {
        ESSENTIAL,
        EXPECTED_FILE,
        CONTRACT_DETAIL,
        USED_CONTRACT,
        OUTLOOK,
        MENTIONED_FILE,
        NEIGHBOUR_FILE,
        PROJECT_FILE,
        OTHER_FILE
    }

    private static final int NAMED_OMISSIONS = 30;
    /** The least useful first, of these the longest. */
    private static final Comparator<QueryPart> ORDER_OF_DROPPING = Comparator.comparing(QueryPart::use)
            .thenComparingInt(part -> part.text().length())
            .reversed()
            .thenComparing(QueryPart::name);

    /**
     * What is kept so that a text of {@code fixed} more characters stays within a limit.
     *
     * @param kept in the order in which they came
     * @param dropped the most useful first
     */
    record Selection(List<QueryPart> kept, List<QueryPart> dropped) {}

    static Selection select(List<QueryPart> parts, long fixed, long limit) {
        long length =
                fixed + parts.stream().mapToLong(part -> part.text().length()).sum();
        var dropped = new ArrayList<QueryPart>();
        for (QueryPart part : parts.stream().sorted(ORDER_OF_DROPPING).toList()) {
            if (part.use() == Use.ESSENTIAL || length + omissions(dropped).length() <= limit) break;
            dropped.addFirst(part);
            length -= part.text().length();
        }
        Set<QueryPart> gone = new HashSet<>(dropped);
        return new Selection(parts.stream().filter(part -> !gone.contains(part)).toList(), dropped);
    }

    /** Tells a reader what is missing. */
    static String omissions(List<QueryPart> dropped) {
        if (dropped.isEmpty()) return "";
        var text = new StringBuilder(
                "These exist but were left out, to keep this text within its limit;" + " do not write them anew:\n\n");
        dropped.stream()
                .limit(NAMED_OMISSIONS)
                .forEach(part -> text.append("- ")
                        .append(part.name())
                        .append(" (")
                        .append(part.text().length())
                        .append(" characters)\n"));
        if (dropped.size() > NAMED_OMISSIONS)
            text.append("- and ").append(dropped.size() - NAMED_OMISSIONS).append(" more\n");
        return text.toString();
    }
}
