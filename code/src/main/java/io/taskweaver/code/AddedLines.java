package io.taskweaver.code;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What lines that a side added are, and whether they go together with what the other side did at the same place. */
final class AddedLines {
    private static final Pattern IMPORT =
            Pattern.compile("(?:import|export|from|use|pub use|pub mod|mod|using|include|package|require)\\b.*"
                    + "|#include\\b.*|(?:const|let|var)\\s.*=\\s*(?:await\\s+)?(?:require|import)\\s*\\(.*");
    private static final Pattern CALL = Pattern.compile("[\\w$.:!?]+\\s*\\(.*\\)\\s*[;,]?");
    private static final Pattern KEY = Pattern.compile("([^\\s#\\-:=][^:=]*?)\\s*(?:=.*|:(?:\\s.*)?)");
    private static final Pattern TABLE = Pattern.compile("\\[+[^\\]]+]+");
    private static final Pattern ITEM = Pattern.compile("(?:[-*+\u2022]|\\d{1,9}[.)])\\s+\\S.*|\\|.*\\|");
    /** Files in which no line depends on another one. */
    private static final Pattern LINES_ONLY = Pattern.compile(
            "(?:.*/)?(?:\\.[a-z]+ignore|\\.gitattributes|CODEOWNERS|(?:requirements|constraints)[^/]*\\.txt)");

    private static final Pattern EXPORT = Pattern.compile("(?:module\\.)?exports(?:\\.[\\w$]+)+\\s*=(?!=).*");

    private final boolean isMarkdown;
    private final boolean isPatterns;
    private final boolean hasKeys;
    private final boolean hasGrammar;
    private final boolean hasLinesOnly;

    AddedLines(String path, boolean hasGrammar) {
        var ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        this.isPatterns = ending.endsWith("ignore");
        this.isMarkdown = ending.equals("md") || ending.equals("markdown");
        this.hasKeys = Set.of("yaml", "yml", "toml", "properties", "ini", "cfg").contains(ending);
        this.hasGrammar = hasGrammar;
        this.hasLinesOnly = LINES_ONLY.matcher(path).matches();
    }

    record Union(List<String> lines, UnionRule rule) {
        Union {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Unites two blocks.
     *
     * @param slackOfOurs lines by which the block could be told higher in the file
     */
    Optional<Union> united(List<String> ours, int slackOfOurs, List<String> theirs, int slackOfTheirs) {
        if (isMarkdown) {
            var sections = MarkdownSections.united(ours, theirs);
            if (sections.isPresent()) return Optional.of(new Union(sections.get(), UnionRule.HEADING));
        }
        var shared = new HashSet<String>();
        for (var line : ours) if (!line.isBlank()) shared.add(line);
        shared.retainAll(theirs);
        if (!shared.isEmpty()
                && areLines(ours)
                && areLines(theirs)
                && (hasGrammar || isMarkdown || hasKeys || areApart(ours, theirs, shared))) {
            var lines = new ArrayList<>(ours);
            for (var line : theirs) if (!shared.contains(line)) lines.add(line);
            return Optional.of(new Union(lines, UnionRule.LINES));
        }
        if (hasGrammar
                && shared.stream().anyMatch(line -> IMPORT.matcher(line.strip()).matches())) return Optional.empty();
        if (hasKeys && keysMeet(ours, theirs)) return Optional.empty();
        // A block that begins with what it slid over must follow what it slid over: it goes first.
        return Optional.of(new Union(
                slackOfOurs >= slackOfTheirs ? joined(ours, theirs) : joined(theirs, ours), UnionRule.BLOCKS));
    }

    /**
     * Whether lines that one side changed do not depend on lines that the other side added beside them, nor these on them:
     * they are independent, as exports, entries or items are.
     *
     * @param before lines that were changed
     * @param now what they became
     * @param more lines that were added
     */
    boolean areNeighbours(List<String> before, List<String> now, List<String> more) {
        var all = new ArrayList<>(before);
        all.addAll(now);
        all.addAll(more);
        if (all.stream().anyMatch(String::isBlank) || !areLines(all)) return false;
        if (hasLinesOnly) return true;
        if (hasGrammar) return areOfOneKind(all);
        if (hasKeys) return areEntries(all) && !keysMeet(now, more) && !keysMeet(before, more);
        return all.stream().allMatch(line -> ITEM.matcher(line.strip()).matches());
    }

    /** Whether they are imports, elements of a list, or calls of the same function: their order hardly matters. */
    private static boolean areOfOneKind(List<String> lines) {
        var kinds = new HashSet<String>();
        for (var each : lines) {
            var line = each.strip();
            if (IMPORT.matcher(line).matches()) kinds.add("import");
            else if (line.endsWith(",")) kinds.add(",");
            else kinds.add(line.substring(0, Math.max(0, line.indexOf('(')) + 1));
        }
        return kinds.size() == 1;
    }

    /** Whether each line sets a key to a value of one line, or is an item. */
    private static boolean areEntries(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .allMatch(line ->
                        ITEM.matcher(line).matches() || KEY.matcher(line).matches() && !line.matches(".*[:=|>\\\\]"));
    }

    /**
     * Unites two lists that were made at the same time: the lines of new files behind what both begin with.
     *
     * @param start what both begin with
     * @return empty if one of them is more than a list
     */
    Optional<Union> unitedLists(List<String> start, List<String> ours, List<String> theirs) {
        if (!isList(ours) || !isList(theirs) || exportsMeet(ours, theirs)) return Optional.empty();
        if (ours.isEmpty() || theirs.isEmpty())
            return Optional.of(new Union(ours.isEmpty() ? theirs : ours, UnionRule.LINES));
        boolean hasHeadings = isMarkdown
                && (ours.stream().anyMatch(MarkdownSections::isHeading)
                        || theirs.stream().anyMatch(MarkdownSections::isHeading));
        var union = united(ours, 0, theirs, 0);
        if (union.isPresent() && hasHeadings && union.get().rule() != UnionRule.HEADING)
            union = Optional.of(new Union(MarkdownSections.joined(ours, theirs), UnionRule.BLOCKS));
        if (start.stream().allMatch(String::isBlank)) return union;
        var least = isMarkdown && start.stream().anyMatch(MarkdownSections::isHeading)
                ? UnionRule.HEADING
                : UnionRule.LINES;
        return union.map(made -> new Union(made.lines(), made.rule().compareTo(least) < 0 ? least : made.rule()));
    }

    /** Whether there is nothing but elements: items, with the headings that they are under, imports, exports, patterns. */
    private boolean isList(List<String> lines) {
        boolean isWithin = false;
        for (var line : lines) {
            if (line.isBlank()) continue;
            boolean isElement = isPatterns
                    || (hasGrammar
                            ? isBarrelLine(line)
                            : MarkdownSections.isItem(line) || isMarkdown && MarkdownSections.isHeading(line));
            boolean goesOn = !hasGrammar && isWithin && !indent(line).isEmpty();
            if (!isElement && !goesOn) return false;
            isWithin = isElement && !MarkdownSections.isHeading(line) || goesOn;
        }
        return true;
    }

    /** Whether both export something else under the same name. */
    private static boolean exportsMeet(List<String> ours, List<String> theirs) {
        for (var line : ours)
            for (var other : theirs)
                if (EXPORT.matcher(line.strip()).matches()
                        && EXPORT.matcher(other.strip()).matches()
                        && !line.strip().equals(other.strip())
                        && assigned(line).equals(assigned(other))) return true;
        return false;
    }

    private static String assigned(String line) {
        return line.substring(0, line.indexOf('=')).strip();
    }

    private static boolean isBarrelLine(String line) {
        var text = line.strip();
        return indent(line).isEmpty()
                && !text.matches(".*[({\\[]")
                && balance(text) == 0
                && !text.startsWith("export default")
                && (IMPORT.matcher(text).matches() || EXPORT.matcher(text).matches());
    }

    /** Whether what both have is at one end of both: between lines of their own it may belong to these. */
    private static boolean areApart(List<String> ours, List<String> theirs, Set<String> shared) {
        int all = shared.size();
        return beginsWith(ours, shared, all) && beginsWith(theirs, shared, all)
                || beginsWith(ours.reversed(), shared, all) && beginsWith(theirs.reversed(), shared, all);
    }

    private static boolean beginsWith(List<String> block, Set<String> shared, int all) {
        var written = block.stream().filter(line -> !line.isBlank()).toList();
        return written.size() >= all
                && shared.containsAll(written.subList(0, all))
                && written.subList(all, written.size()).stream().noneMatch(shared::contains);
    }

    private static List<String> joined(List<String> one, List<String> other) {
        var lines = new ArrayList<>(one);
        lines.addAll(other);
        return lines;
    }

    private boolean areLines(List<String> block) {
        var indents = new HashSet<String>();
        for (var line : block) {
            if (line.isBlank()) continue;
            indents.add(indent(line));
            if (hasGrammar ? !isStatement(line.strip()) : line.strip().startsWith("```")) return false;
        }
        return indents.size() == 1;
    }

    private static boolean isStatement(String line) {
        boolean complete = !line.matches(".*[({\\[]") && balance(line) == 0;
        return complete
                && (IMPORT.matcher(line).matches()
                        || CALL.matcher(line).matches()
                        || line.endsWith(",") && !line.startsWith("}") && !line.startsWith(")"));
    }

    private static int balance(String line) {
        int open = 0;
        for (char c : line.toCharArray()) {
            if ("({[".indexOf(c) >= 0) open++;
            if (")}]".indexOf(c) >= 0) open--;
        }
        return open;
    }

    private static String indent(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    /** Whether both set the same key of a map, or open the same table. */
    private static boolean keysMeet(List<String> ours, List<String> theirs) {
        var keys = keys(ours);
        keys.retainAll(keys(theirs));
        return !keys.isEmpty();
    }

    private static Set<String> keys(List<String> block) {
        int least = block.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> indent(line).length())
                .min()
                .orElse(0);
        var keys = new HashSet<String>();
        for (var line : block) {
            if (line.isBlank() || indent(line).length() != least) continue;
            var key = KEY.matcher(line.strip());
            if (key.matches()) keys.add(key.group(1));
            else if (TABLE.matcher(line.strip()).matches() && !line.strip().startsWith("[[")) keys.add(line.strip());
        }
        return keys;
    }
}
