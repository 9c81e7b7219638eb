package io.taskweaver.code;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Unites lines that both sides added at the same place, where the base has nothing. */
final class AddedLines {
    private static final Pattern IMPORT =
            Pattern.compile("(?:import|export|from|use|pub use|pub mod|mod|using|include|package|require)\\b.*"
                    + "|#include\\b.*|(?:const|let|var)\\s.*=\\s*(?:await\\s+)?(?:require|import)\\s*\\(.*");
    private static final Pattern CALL = Pattern.compile("[\\w$.:!?]+\\s*\\(.*\\)\\s*[;,]?");
    private static final Pattern KEY = Pattern.compile("([^\\s#\\-:=][^:=]*?)\\s*[:=](?:\\s.*)?");
    private static final Pattern TABLE = Pattern.compile("\\[+[^\\]]+]+");

    private static final Pattern EXPORT = Pattern.compile("(?:module\\.)?exports(?:\\.[\\w$]+)+\\s*=(?!=).*");

    private final boolean isMarkdown;
    private final boolean isPatterns;
    private final boolean hasKeys;
    private final boolean hasGrammar;

    AddedLines(String path, boolean hasGrammar) {
        var ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        this.isPatterns = ending.endsWith("ignore");
        this.isMarkdown = ending.equals("md") || ending.equals("markdown");
        this.hasKeys = Set.of("yaml", "yml", "toml", "properties", "ini", "cfg").contains(ending);
        this.hasGrammar = hasGrammar;
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
