package io.taskweaver.requirements.analysis;

import io.taskweaver.model.Document;
import io.taskweaver.model.Passage;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.analysis.Background.Chapter;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Outline;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.document.Section;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the {@link Background} of a document: whatever is no line of a requirement, constraint or boundary. */
final class BackgroundReader {
    private static final int LONGEST = 6_000;
    private static final int MOST_WORDS_IN_TERM = 6;
    private static final int MOST_COMMANDS = 8;
    private static final int LONGEST_COMMAND = 120;

    /** "Preset — a bundled prompt file". */
    private static final Pattern DASHED = Pattern.compile("^([^—–=:：]{1,60}?)\\s+(?:[—–=]|-{1,2})\\s+(.+)$");
    /** The second line of a definition list. */
    private static final Pattern DEFINED = Pattern.compile("^[:~]\\s+(.+)$");

    private static final Pattern MARKER = Pattern.compile("^\\s*(?:[-*+•]|\\d+[.)])\\s+");
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`\\n]{3,120})`");
    private static final Pattern PROMPT = Pattern.compile("^\\s*(?:\\$|>|PS>)\\s+");
    private static final Pattern RUNS = Pattern.compile(
            "^(?:[A-Z_]+=\\S+ )*(?:(?:\\./|bin/)?(?:mvnw?|gradlew?)|npm|pnpm|yarn|npx|bun|deno|cargo|go|swift|xcodebuild|dotnet|"
                    + "python3?|pytest|uv|poetry|pipenv|tox|nox|ruff|mypy|make|cmake|ctest|ninja|meson|bazel|just|task|bundle|rake|"
                    + "rspec|mix|rebar3|flutter|dart|composer|phpunit|php|sbt|lein|clj|stack|cabal|dune|zig|nimble|crystal|gleam|"
                    + "terraform|tofu|forge|hardhat|docker|vitest|jest|eslint|tsc|gleam|julia|perl|prove|bats|shellcheck)\\b.*");
    private static final Pattern CHECKS = Pattern.compile(
            "\\b(?:build|test|tests|check|verify|lint|compile|package|ci|pytest|ctest|rspec|prove|bats|tox|nox|ruff|mypy|eslint|tsc|"
                    + "vitest|jest|clippy|vet|phpunit|assemble|xcodebuild|shellcheck)\\b");

    private final Outline outline;
    private final List<String> lines;
    /** How many lines before each one, from 1, are said by requirements or bind something. */
    private final int[] taken;

    private final int[] asking;
    private final List<Chapter> chapters = new ArrayList<>();
    private final Map<String, Passage> commands = new LinkedHashMap<>();

    private BackgroundReader(Outline outline, Document document, Analysis analysis) {
        this.outline = outline;
        this.lines = document.content().lines().toList();
        int last = Math.max(lines.size(), outline.lines()) + 2;
        var covered = new int[last + 1];
        var asks = new int[last + 1];
        for (var requirement : analysis.requirements()) {
            cover(requirement.at(), covered);
            asks[clamped(requirement.at().firstLine(), last)]++;
        }
        analysis.constraints().forEach(statement -> cover(statement.at(), covered));
        analysis.boundaries().forEach(statement -> cover(statement.at(), covered));
        taken = new int[last + 1];
        asking = new int[last + 1];
        int depth = 0;
        for (int line = 1; line < last; line++) {
            depth += covered[line];
            taken[line + 1] = taken[line] + (depth > 0 ? 1 : 0);
            asking[line + 1] = asking[line] + asks[line];
        }
    }

    static Background read(Outline outline, Document document, Analysis analysis) {
        var reader = new BackgroundReader(outline, document, analysis);
        var root = outline.root();
        boolean hasTitle =
                root.sections().size() == 1 && root.sections().getFirst().level() == 1;
        reader.read(root, List.of(), -1, hasTitle, false);
        return new Background(reader.chapters, List.copyOf(reader.commands.values()));
    }

    private static int clamped(int line, int last) {
        return Math.max(1, Math.min(line, last - 1));
    }

    private void cover(SourceSpan at, int[] covered) {
        if (!at.path().equals(outline.path())) return;
        covered[clamped(at.firstLine(), covered.length - 1)]++;
        covered[clamped(at.lastLine() + 1, covered.length - 1)]--;
    }

    private void read(Section section, List<String> above, int outer, boolean hasTitle, boolean inGlossary) {
        var heading = Headings.withoutNumber(section.heading().text()).strip();
        var headings = new ArrayList<>(above);
        if (!heading.isEmpty()) headings.add(heading);
        boolean isTitle = section.level() == 0 || (hasTitle && above.isEmpty());
        var role = heading.isEmpty() ? Role.NEUTRAL : Role.of(heading);
        boolean isGlossary = inGlossary || isGlossary(heading);
        var passages = new ArrayList<Passage>();
        for (var block : section.blocks()) block(block, headings, isGlossary, role, passages);
        if (inGlossary && !heading.isEmpty()) define(section, heading, headings, passages);
        var span = section.wholeSpan();
        boolean asks =
                asking[clamped(span.lastLine() + 1, asking.length)] > asking[clamped(span.firstLine(), asking.length)];
        int own = chapters.size();
        chapters.add(new Chapter(headings, outer, span, asks, isTitle, passages));
        for (var inner : section.sections()) read(inner, headings, own, hasTitle, isGlossary);
    }

    private static boolean isGlossary(String heading) {
        return Glossary.isGlossary(heading)
                || Lexicon.kindOf(List.of("heading.glossary"), heading).isPresent();
    }

    private boolean isFree(SourceSpan at) {
        int from = clamped(at.firstLine(), taken.length);
        int to = clamped(at.lastLine() + 1, taken.length);
        return taken[to] == taken[from];
    }

    private void block(Block block, List<String> headings, boolean isGlossary, Role role, List<Passage> passages) {
        commands(block, headings);
        boolean byParts = isGlossary && (block instanceof Block.Items || block instanceof Block.Table);
        if (!byParts && !isFree(block.at())) return;
        switch (block) {
            case Block.Table table -> {
                boolean explains = isGlossary
                        || (!table.header().isEmpty()
                                && Lexicon.is("column.term", table.header().getFirst()));
                if (explains) terms(table, headings, passages);
                else add(Passage.Kind.DATA, "", headings, raw(table.at()), table.at(), passages);
            }
            case Block.Code code -> add(Passage.Kind.DATA, "", headings, raw(code.at()), code.at(), passages);
            case Block.Items items -> items(items, headings, isGlossary, role, passages);
            case Block.Paragraph paragraph -> paragraph(paragraph, headings, isGlossary, role, passages);
            case Block.Quote quote ->
                quote.blocks().forEach(inner -> block(inner, headings, isGlossary, role, passages));
            case Block.Other _ -> {}
        }
    }

    /** Each row says what its first cell means. */
    private void terms(Block.Table table, List<String> headings, List<Passage> passages) {
        for (var row : table.rows()) {
            if (row.cells().size() < 2 || !isFree(row.at())) continue;
            var term = plain(row.cells().getFirst().text());
            var meaning = row.cells().stream()
                    .skip(1)
                    .map(Phrase::text)
                    .filter(text -> !text.isBlank())
                    .collect(Collectors.joining("; "));
            term(term, term + ": " + meaning, headings, row.at(), passages);
        }
    }

    private void items(
            Block.Items items, List<String> headings, boolean isGlossary, Role role, List<Passage> passages) {
        var rest = new ArrayList<Block.Item>();
        for (var item : items.items()) {
            if (!isFree(item.at())) continue;
            var term = defined(item.phrase(), isGlossary);
            if (term.isEmpty()) rest.add(item);
            else term(term, MARKER.matcher(raw(item.at())).replaceFirst(""), headings, item.at(), passages);
        }
        if (rest.size() == items.items().size() && role != Role.REFERENCE && role != Role.BOUNDARY)
            add(Passage.Kind.TEXT, "", headings, raw(items.at()), items.at(), passages);
    }

    /** The word that a line says the meaning of, or empty. */
    private static String defined(Phrase phrase, boolean isGlossary) {
        var label = phrase.label();
        boolean says = !phrase.afterLabel().isBlank();
        boolean isBold = !phrase.lead().isBlank();
        if (!label.isEmpty() && says && (isGlossary || isBold)) return plain(label);
        var dashed = DASHED.matcher(phrase.text());
        return (isGlossary || isBold) && dashed.matches() ? plain(dashed.group(1)) : "";
    }

    private void paragraph(
            Block.Paragraph paragraph, List<String> headings, boolean isGlossary, Role role, List<Passage> passages) {
        if (isGlossary) {
            boolean any = false;
            for (int line = 0; line < paragraph.lines().size(); line++) {
                var phrase = paragraph.lines().get(line);
                var term = defined(phrase, true);
                var next = line + 1 < paragraph.lines().size()
                        ? DEFINED.matcher(paragraph.lines().get(line + 1).text())
                        : null;
                if (!term.isEmpty()) term(term, phrase.text(), headings, paragraph.at(line), passages);
                else if (next != null && next.matches()) {
                    term(
                            plain(phrase.text()),
                            phrase.text() + ": " + next.group(1),
                            headings,
                            paragraph.at(line),
                            passages);
                    line++;
                } else continue;
                any = true;
            }
            if (any) return;
        }
        if (role == Role.REFERENCE || role == Role.BOUNDARY) return;
        add(Passage.Kind.TEXT, "", headings, raw(paragraph.at()), paragraph.at(), passages);
    }

    /** A section of a glossary says what its heading means. */
    private void define(Section section, String heading, List<String> headings, List<Passage> passages) {
        if (section.blocks().isEmpty() || !isFree(section.ownSpan())) return;
        var text = section.blocks().stream()
                .filter(Block.Paragraph.class::isInstance)
                .map(block -> raw(block.at()))
                .findFirst();
        if (text.isEmpty()) return;
        passages.removeIf(passage -> passage.kind() == Passage.Kind.TEXT);
        term(
                heading,
                heading + ": " + text.get(),
                headings.subList(0, headings.size() - 1),
                section.ownSpan(),
                passages);
    }

    private static String plain(String text) {
        return text.replaceAll("[*`\"“”„«»]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])", "")
                .strip();
    }

    private static void term(String name, String text, List<String> headings, SourceSpan at, List<Passage> passages) {
        int words = Words.plain(name).size();
        boolean unspaced = !name.isEmpty() && Words.isUnspaced(name.charAt(0));
        if (words == 0 || (!unspaced && words > MOST_WORDS_IN_TERM) || name.length() > 60) return;
        add(Passage.Kind.TERM, name, headings, text, at, passages);
    }

    private static void add(
            Passage.Kind kind, String name, List<String> headings, String text, SourceSpan at, List<Passage> passages) {
        // Data has brackets of its own.
        boolean isUnfilled = kind != Passage.Kind.DATA && Placeholders.isUnfilled(text);
        if (Words.plain(text).isEmpty() || isUnfilled) return;
        passages.add(new Passage(kind, name, headings, shortened(text.strip(), at), at));
    }

    private static String shortened(String text, SourceSpan at) {
        if (text.length() <= LONGEST) return text;
        int line = text.lastIndexOf('\n', LONGEST);
        return text.substring(0, line > 0 ? line : LONGEST) + "\n[... the rest is in " + at + "]";
    }

    /** The lines as they stand, without the blanks that all of them begin with. */
    private String raw(SourceSpan at) {
        int from = Math.max(0, at.firstLine() - 1);
        int to = Math.min(lines.size(), at.lastLine());
        if (from >= to) return "";
        var own = lines.subList(from, to);
        int indent = own.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(BackgroundReader::indent)
                .min()
                .orElse(0);
        return own.stream()
                .map(line -> line.substring(Math.min(indent, indent(line))).stripTrailing())
                .collect(Collectors.joining("\n"))
                .strip();
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && (line.charAt(indent) == ' ' || line.charAt(indent) == '\t')) indent++;
        return indent;
    }

    /** Commands in code spans of any text, and lines of code blocks. */
    private void commands(Block block, List<String> headings) {
        if (commands.size() >= MOST_COMMANDS) return;
        for (int line = block.at().firstLine(); line <= Math.min(block.at().lastLine(), lines.size()); line++) {
            var text = lines.get(line - 1);
            var at = new SourceSpan(outline.path(), line, line);
            if (block instanceof Block.Code)
                command(PROMPT.matcher(text).replaceFirst("").strip(), headings, at);
            else if (text.indexOf('`') >= 0) {
                var span = CODE_SPAN.matcher(text);
                while (span.find()) command(span.group(1).strip(), headings, at);
            }
        }
    }

    private void command(String text, List<String> headings, SourceSpan at) {
        var command = text.replaceFirst("\\s+#.*$", "");
        if (command.length() > LONGEST_COMMAND
                || command.indexOf(' ') < 0 && !CHECKS.matcher(command).matches()) return;
        if (!RUNS.matcher(command).matches() || !CHECKS.matcher(command).find()) return;
        if (commands.size() < MOST_COMMANDS)
            commands.putIfAbsent(command, new Passage(Passage.Kind.COMMAND, "", headings, command, at));
    }
}
