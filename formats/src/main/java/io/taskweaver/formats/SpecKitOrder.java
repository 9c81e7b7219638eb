package io.taskweaver.formats;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.OutlineReader;
import io.taskweaver.requirements.document.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a list of spec-kit says about the order of its tasks apart from them, as its section of dependencies does: {@code
 * T001, T002 → T007}, {@code Tests (T004-T007) before implementation (T008-T014)}, {@code T008 blocks T009}, {@code T012
 * requires T003}. Only lines that say nothing else count.
 */
final class SpecKitOrder {
    private static final String NAMED =
            "(?:[\\p{L} -]{1,40}[(（]\\s*(%1$s)\\s*[)）]|(%1$s))".formatted(SpecKitReader.IDS);
    private static final String ENDS = "\\s*(?:[.。]|[(（:：–—].*)?";
    private static final Pattern FIRST_THEN = Pattern.compile(NAMED
            + "\\s*(?:→|⇒|-+>|=+>|(?i:(?:must )?(?:come |be done |complete )?before|blocks?))\\s*" + NAMED + ENDS);
    private static final Pattern THEN_FIRST = Pattern.compile(NAMED
            + "\\s*(?i:depends? on|needs?|requires?|waits? for|after|(?:is |are )?blocked by)\\s*" + NAMED + ENDS);

    private final List<Statement> found = new ArrayList<>();

    private SpecKitOrder() {}

    /**
     * Some tasks wait for others.
     *
     * @param first ids of those that come first
     * @param then ids of those that wait for all of them
     */
    record Statement(List<String> first, List<String> then, SourceSpan at) {}

    /** All statements of a document, in its order; what stands in fences and quotes states nothing. */
    static List<Statement> in(Document document) {
        var order = new SpecKitOrder();
        order.section(OutlineReader.read(document).root());
        return order.found;
    }

    private void section(Section section) {
        blocks(section.blocks());
        section.sections().forEach(this::section);
    }

    private void blocks(List<Block> blocks) {
        for (var block : blocks)
            switch (block) {
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
                case Block.Table _, Block.Code _, Block.Quote _, Block.Other _ -> {}
            }
    }

    private void line(String text, SourceSpan at) {
        var line = text.strip();
        var first = FIRST_THEN.matcher(line);
        if (first.matches()) {
            found.add(new Statement(ids(first.group(1), first.group(2)), ids(first.group(3), first.group(4)), at));
            return;
        }
        var then = THEN_FIRST.matcher(line);
        if (then.matches())
            found.add(new Statement(ids(then.group(3), then.group(4)), ids(then.group(1), then.group(2)), at));
    }

    private static List<String> ids(@Nullable String inParentheses, @Nullable String plain) {
        return SpecKitReader.ids(inParentheses != null ? inParentheses : plain == null ? "" : plain);
    }
}
