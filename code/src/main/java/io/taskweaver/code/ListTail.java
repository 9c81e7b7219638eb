package io.taskweaver.code;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Unites elements that sides added behind the last one of a list. The list's last line changed on each of them: it got a
 * separator, and what ended the list, if that is on the same line, went to the new last element.
 */
final class ListTail {
    private static final Pattern END = Pattern.compile("[\\s;)\\]}]*[{;]?\\s*");

    private ListTail() {}

    /**
     * Unites two sides of the same lines.
     *
     * @param base the lines that both changed, at least one
     */
    static Optional<AddedLines.Union> united(List<String> base, List<String> ours, List<String> theirs) {
        int last = base.size() - 1;
        if (ours.size() <= base.size() || theirs.size() <= base.size()) return Optional.empty();
        if (!ours.subList(0, last + 1).equals(theirs.subList(0, last + 1))) return Optional.empty();
        if (!ours.subList(0, last).equals(base.subList(0, last))) return Optional.empty();
        var ended = separatedFrom(base.get(last), ours.get(last));
        if (ended.isEmpty()) return Optional.empty();
        var end = ended.get();
        var first = separated(ours.subList(last + 1, ours.size()), end);
        if (first.isEmpty()) return Optional.empty();
        var lines = new ArrayList<>(ours.subList(0, last + 1));
        var second = theirs.subList(last + 1, theirs.size());
        var same = new HashSet<String>();
        for (var each : first.get()) same.add(bare(each, end));
        boolean plain = first.get().stream().allMatch(ListTail::isPlain)
                && second.stream().allMatch(ListTail::isPlain);
        var more = plain
                ? second.stream()
                        .filter(each -> !same.contains(bare(each, end)))
                        .toList()
                : second;
        // The last element must be one that ends the list.
        if (more.isEmpty() || !more.getLast().equals(second.getLast())) {
            if (!more.isEmpty()) return Optional.empty();
            return Optional.of(new AddedLines.Union(ours, UnionRule.LIST));
        }
        lines.addAll(first.get());
        lines.addAll(more);
        return Optional.of(new AddedLines.Union(lines, UnionRule.LIST));
    }

    /**
     * Unites a side that changed the last elements of a list with one that added some behind them.
     *
     * @param base the lines that one side changed, at least one
     */
    static Optional<AddedLines.Union> behindChanged(List<String> base, List<String> changed, List<String> added) {
        int last = base.size() - 1;
        if (changed.size() != base.size() || added.size() <= base.size()) return Optional.empty();
        if (!added.subList(0, last).equals(base.subList(0, last))) return Optional.empty();
        var end = separatedFrom(base.get(last), added.get(last));
        if (end.isEmpty() || !changed.stream().allMatch(ListTail::isPlain)) return Optional.empty();
        return separated(changed, end.get()).map(lines -> {
            var all = new ArrayList<>(lines);
            all.addAll(added.subList(last + 1, added.size()));
            return new AddedLines.Union(all, UnionRule.NEIGHBOURS);
        });
    }

    /** What ended the list behind an element that got a separator; empty if that is not all that it got. */
    private static Optional<String> separatedFrom(String before, String now) {
        var separated = now.stripTrailing();
        var line = before.stripTrailing();
        if (!separated.endsWith(",")) return Optional.empty();
        var element = separated.substring(0, separated.length() - 1);
        if (!line.startsWith(element) || element.isBlank()) return Optional.empty();
        var end = line.substring(element.length());
        return END.matcher(end).matches() ? Optional.of(end) : Optional.empty();
    }

    /** Elements of which the last one does not end the list any more. */
    private static Optional<List<String>> separated(List<String> elements, String end) {
        var lines = new ArrayList<>(elements);
        var last = lines.removeLast();
        var text = last.stripTrailing();
        var rest = last.substring(text.length());
        if (!text.endsWith(end) || text.isBlank()) return Optional.empty();
        text = text.substring(0, text.length() - end.length());
        if (text.matches(".*[({\\[]") || text.contains("//") && text.indexOf("//") > text.lastIndexOf('"'))
            return Optional.empty();
        lines.add((text.endsWith(",") ? text : text + ",") + rest);
        return Optional.of(lines);
    }

    private static String bare(String element, String end) {
        var text = element.strip();
        if (!end.isEmpty() && text.endsWith(end)) text = text.substring(0, text.length() - end.length());
        return text.endsWith(",") ? text.substring(0, text.length() - 1) : text;
    }

    private static boolean isPlain(String line) {
        return !line.matches("(?s).*[({\\[]\\s*") && !line.matches("(?s)\\s*[)}\\]].*");
    }
}
