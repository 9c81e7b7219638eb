package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Block.Box;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.text.Lexicon;
import java.util.ArrayList;
import java.util.List;

/** Paragraphs that begin with a name in bold, "**Search.** Finds ...", read as the items of a list that they are. */
final class LedParagraphs {
    private static final int FEWEST = 2;
    /** Words that name an attribute of what the heading above is about, rather than a thing of its own. */
    private static final List<String> ATTRIBUTES = List.of(
            "label.aspect",
            "column.id",
            "column.title",
            "column.text",
            "column.description",
            "column.criteria",
            "column.priority",
            "column.status",
            "column.needs",
            "column.reason",
            "column.component",
            "column.type",
            "column.reference",
            "story.role",
            "story.wish");

    private LedParagraphs() {}

    /** Whether most paragraphs of a section begin with a name in bold. */
    static boolean areIn(List<Block> blocks) {
        return blocks != asItems(blocks);
    }

    /** The blocks of a section, with led paragraphs and what follows each as one list, if they are most of its paragraphs. */
    static List<Block> asItems(List<Block> blocks) {
        var paragraphs =
                blocks.stream().filter(Block.Paragraph.class::isInstance).toList();
        var led = paragraphs.stream().filter(LedParagraphs::isLed).toList();
        boolean areItems = led.size() >= FEWEST
                && 2 * led.size() > paragraphs.size()
                && led.stream().noneMatch(LedParagraphs::isAttribute);
        if (!areItems) return blocks;
        int begin = blocks.indexOf(led.getFirst());
        var items = new ArrayList<Block.Item>();
        for (int i = begin; i < blocks.size(); ) {
            int end = i + 1;
            while (end < blocks.size() && !isLed(blocks.get(end)) && !(blocks.get(end) instanceof Block.Other)) end++;
            items.add(item(items.size() + 1, blocks.subList(i, end)));
            while (end < blocks.size() && !isLed(blocks.get(end))) end++;
            i = end;
        }
        var all = new ArrayList<>(blocks.subList(0, begin));
        all.add(new Block.Items(
                false, items, span(led.getFirst().at(), items.getLast().at())));
        return all;
    }

    private static Block.Item item(int number, List<Block> blocks) {
        var first = (Block.Paragraph) blocks.getFirst();
        var at = span(first.at(), blocks.getLast().at());
        return new Block.Item(number, Box.NONE, first.joined(), blocks.subList(1, blocks.size()), at);
    }

    private static SourceSpan span(SourceSpan from, SourceSpan to) {
        return new SourceSpan(from.path(), from.firstLine(), to.lastLine());
    }

    private static boolean isLed(Block block) {
        return block instanceof Block.Paragraph paragraph && isLed(paragraph.joined());
    }

    private static boolean isLed(Phrase phrase) {
        return !phrase.lead().isBlank() && !phrase.isBold() && Titles.standsApart(phrase);
    }

    private static boolean isAttribute(Block block) {
        var lead = ((Block.Paragraph) block).joined().lead().strip();
        return Lexicon.first(ATTRIBUTES, lead).isPresent();
    }
}
