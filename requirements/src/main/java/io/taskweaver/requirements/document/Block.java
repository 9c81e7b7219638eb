package io.taskweaver.requirements.document;

import io.taskweaver.model.SourceSpan;
import java.util.List;
import java.util.stream.Collectors;

/** What a section is made of. */
public sealed interface Block {

    /** Lines that it covers. */
    SourceSpan at();

    /**
     * Running text.
     *
     * @param lines one phrase for each source line
     */
    record Paragraph(List<Phrase> lines, SourceSpan at) implements Block {
        public Paragraph {
            lines = List.copyOf(lines);
        }

        /** All lines as one phrase. */
        public Phrase joined() {
            if (lines.size() == 1) return lines.getFirst();
            var text = lines.stream().map(Phrase::text).collect(Collectors.joining(" "));
            boolean struck = !lines.isEmpty() && lines.stream().allMatch(Phrase::struck);
            var lead = lines.isEmpty() ? "" : lines.getFirst().lead();
            return new Phrase(text, lead, struck);
        }

        /** The span of one of its lines. */
        public SourceSpan at(int line) {
            int number = Math.min(at.firstLine() + line, at.lastLine());
            return new SourceSpan(at.path(), number, number);
        }
    }

    /** A list. */
    record Items(boolean ordered, List<Item> items, SourceSpan at) implements Block {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A table; rows may be shorter or longer than the header. */
    record Table(List<String> header, List<Row> rows, SourceSpan at) implements Block {
        public Table {
            header = List.copyOf(header);
            rows = List.copyOf(rows);
        }
    }

    /** A fenced or indented code block. */
    record Code(String language, String text, SourceSpan at) implements Block {}

    /** A block quote. */
    record Quote(List<Block> blocks, SourceSpan at) implements Block {
        public Quote {
            blocks = List.copyOf(blocks);
        }
    }

    /** Raw HTML, a rule, or whatever else has no text of its own. */
    record Other(SourceSpan at) implements Block {}

    /** Whether an item can be ticked off. */
    enum Box {
        NONE,
        OPEN,
        TICKED
    }

    /**
     * One item of a list.
     *
     * @param number as the document numbers it in an ordered list, else counted from 1
     * @param phrase its first paragraph
     * @param blocks what follows the first paragraph
     */
    record Item(int number, Box box, Phrase phrase, List<Block> blocks, SourceSpan at) {
        public Item {
            blocks = List.copyOf(blocks);
        }

        /** The lines of the item without those of its blocks. */
        public SourceSpan ownSpan() {
            if (blocks.isEmpty()) return at;
            int last = blocks.getFirst().at().firstLine() - 1;
            return new SourceSpan(at.path(), at.firstLine(), Math.max(at.firstLine(), last));
        }
    }

    /** One body row of a table; cells keep their code spans. */
    record Row(List<Phrase> cells, SourceSpan at) {
        public Row {
            cells = List.copyOf(cells);
        }
    }
}
