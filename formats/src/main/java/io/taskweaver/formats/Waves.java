package io.taskweaver.formats;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.OutlineReader;
import io.taskweaver.requirements.document.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Waves in which the tasks of a list are done: those of one beside each other, each wave after the one before. Kiro writes
 * them as JSON in a fence ({@code {"waves": [{"id": 0, "tasks": ["1.1", "2.1"]}]}}), people as lines ({@code Wave 1: 1.1,
 * 2.1}) or as headings above the tasks.
 */
final class Waves {
    private static final String WORD = "(?:wave|batch|welle|vague|ola|oleada|onda|ondata|волна|dalga)";
    private static final Pattern LINE = Pattern.compile(
            "(?iu)(?:\\*\\*)?" + WORD + "\\s+([0-9]{1,3})\\b[^:：]{0,60}[:：](?:\\*\\*)?\\s*(?:tasks?\\s+)?("
                    + "[0-9]+(?:\\.[0-9]+)*(?:\\s*(?:,|;|&|\\+|and|und|et|y|e)\\s*[0-9]+(?:\\.[0-9]+)*)*)\\s*\\.?");
    private static final Pattern HEADING = Pattern.compile("(?iu)" + WORD + "\\s+([0-9]{1,3})\\b.*");
    private static final Pattern ID = Pattern.compile("[0-9]+(?:\\.[0-9]+)*");
    private static final int FEWEST = 2;

    /**
     * One wave.
     *
     * @param tasks ids as the list has them
     */
    record Wave(List<String> tasks, SourceSpan at) {
        Wave {
            tasks = List.copyOf(tasks);
        }
    }

    private final List<Wave> stated = new ArrayList<>();
    private final TreeMap<Integer, Wave> lines = new TreeMap<>();

    private Waves() {}

    /**
     * The waves of a document, first to last; none if there are fewer than two.
     *
     * @param items its tasks
     * @param ids their ids
     */
    static List<Wave> in(Document document, List<MarkdownItem> items, List<String> ids) {
        var waves = new Waves();
        waves.section(OutlineReader.read(document).root());
        var found = !waves.stated.isEmpty()
                ? waves.stated
                : !waves.lines.isEmpty() ? List.copyOf(waves.lines.values()) : headed(items, ids);
        return found.size() < FEWEST ? List.of() : List.copyOf(found);
    }

    /** Waves that are the headings above the tasks. */
    private static List<Wave> headed(List<MarkdownItem> items, List<String> ids) {
        var waves = new TreeMap<Integer, Wave>();
        for (int i = 0; i < items.size(); i++) {
            var heading = HEADING.matcher(items.get(i).section());
            if (!heading.matches() || ids.get(i).isEmpty()) continue;
            add(
                    waves,
                    Integer.parseInt(heading.group(1)),
                    List.of(ids.get(i)),
                    items.get(i).at());
        }
        return List.copyOf(waves.values());
    }

    private static void add(TreeMap<Integer, Wave> waves, int number, List<String> tasks, SourceSpan at) {
        waves.merge(number, new Wave(tasks, at), (old, more) -> {
            var all = new ArrayList<>(old.tasks());
            all.addAll(more.tasks());
            return new Wave(all, old.at());
        });
    }

    private void section(Section section) {
        blocks(section.blocks());
        section.sections().forEach(this::section);
    }

    private void blocks(List<Block> blocks) {
        for (var block : blocks)
            switch (block) {
                case Block.Code code -> code(code);
                case Block.Paragraph paragraph -> {
                    for (int line = 0; line < paragraph.lines().size(); line++)
                        line(paragraph.lines().get(line).text(), paragraph.at(line));
                }
                case Block.Items items -> {
                    for (var item : items.items()) {
                        if (item.box() == Block.Box.NONE) line(item.phrase().text(), item.ownSpan());
                        blocks(item.blocks());
                    }
                }
                case Block.Table _, Block.Quote _, Block.Other _ -> {}
            }
    }

    private void code(Block.Code code) {
        if (!code.text().contains("\"waves\"")) return;
        try {
            if (!(JsonReader.read(code.text(), code.at().path(), code.at().firstLine() + 1)
                    instanceof Json.Fields json)) return;
            for (var wave : json.objects("waves")) stated.add(new Wave(wave.texts("tasks"), wave.at()));
        } catch (UnreadableListException e) {
            // A drawing of waves that is not JSON says nothing that could be relied on.
        }
    }

    private void line(String text, SourceSpan at) {
        var match = LINE.matcher(text.strip());
        if (!match.matches()) return;
        var tasks = new ArrayList<String>();
        var id = ID.matcher(match.group(2));
        while (id.find()) tasks.add(id.group());
        add(lines, Integer.parseInt(match.group(1)), tasks, at);
    }
}
