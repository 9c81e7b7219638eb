package io.taskweaver.bench;

import io.taskweaver.model.Document;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Submissions that are as hard as their size allows for some part of what plans them: everything equal, one hub, a chain,
 * deep nesting, one enormous line, what parsers of Markdown and backtracking expressions are known to choke on. Each is made
 * for a number of characters, which it has roughly.
 */
final class WorstCases {
    private static final String[] WORDS =
            "invoice booking ledger parcel voucher contract shipment meter ticket roster asset claim quota permit route batch"
                    .split(" ");

    private final Map<String, IntFunction<Submission>> shapes = new LinkedHashMap<>();

    private WorstCases() {
        equals();
        graphs();
        components();
        nesting();
        lines();
        markup();
        tables();
        characters();
        lists();
        structures();
    }

    /** All of them, by name. */
    static Map<String, IntFunction<Submission>> all() {
        return new WorstCases().shapes;
    }

    private void equals() {
        add("equal documents", size -> documents(size / 30, i -> "- Do the very same thing again"));
        add("tiny documents", size -> documents(size / 30, i -> "- Store " + word(i) + " number " + i));
        add("equal lines", size -> repeated(size, "- Do the very same thing again\n"));
        addLines("equal titles, other texts", i -> "- Store the invoice: as number " + i + "\n");
        addLines("equal texts in other sections", i -> "## Part " + i + "\n\n- Store the invoice\n\n");
        add("ids that are equal", size -> repeated(size, "- FR-1: Store the invoice\n"));
        addLines("ids but for case", i -> "- " + cased("requirement-abcdefghijklmn-1", i) + ": Store it\n");
        addLines("texts but for case", i -> "- " + cased("store the very same invoice", i) + "\n");
        addLines("numbers only", i -> i + ". " + i + "\n");
        addLines("sections of the same words", i -> "## Store invoices\n\n- Users can store invoices\n\n");
        addLines(
                "stories of the same role",
                i -> "- As a user, I want to store invoice " + i + " so that I can find it\n");
    }

    private void graphs() {
        addLines("chain", i -> stored(i) + (i == 0 ? "" : " (after FR-" + i + ")") + "\n");
        add("chain backwards", size -> {
            int n = size / 35;
            return lines(size, i -> stored(i) + (i >= n ? "" : " (after FR-" + (i + 2) + ")") + "\n");
        });
        add("one hub needs all", size -> {
            int n = size / 35;
            return text(of(n, i -> stored(i) + "\n") + "- FR-0: Report (after "
                    + String.join(", ", listed(n, i -> "FR-" + (i + 1))) + ")\n");
        });
        add("one hub needs a range", size -> {
            int n = size / 25;
            return text(of(n, i -> stored(i) + "\n") + "- FR-0: Report (after FR-1 to FR-" + n + ")\n");
        });
        addLines("all need one hub", i -> "- FR-" + i + ": Store " + word(i) + (i == 0 ? "" : " (after FR-0)") + "\n");
        add("all need a range", size -> {
            int n = size / 45;
            return lines(size, i -> stored(i) + (i < n / 2 ? "" : " (after FR-1 to FR-" + n / 2 + ")") + "\n");
        });
        add("bipartite by lists", size -> {
            int n = (int) Math.sqrt(size / 7.0);
            var all = String.join(", ", listed(n, i -> "FR-" + (i + 1)));
            return text(of(n, i -> stored(i) + "\n")
                    + of(n, i -> "- NR-" + (i + 1) + ": Report " + word(i) + " (after " + all + ")\n"));
        });
        add("layers", size -> {
            int n = size / 55;
            return lines(
                    size,
                    i -> stored(i) + (i < 10 ? "" : " (after FR-" + (i - 9) + ", FR-" + (i - 4) + ", FR-" + i + ")")
                            + "\n");
        });
        add("one cycle", size -> {
            int n = size / 35;
            return text(of(n, i -> stored(i) + " (after FR-" + ((i + 1) % n + 1) + ")\n"));
        });
        add("many cycles in one component", size -> {
            int n = size / 45;
            return text(of(
                    n, i -> stored(i) + " (after FR-" + ((i + 1) % n + 1) + ", FR-" + ((i * 7 + 3) % n + 1) + ")\n"));
        });
        addLines(
                "pairs that wait for each other",
                i -> "- FR-" + (i + 1) + ": Store it (after FR-" + (i % 2 == 0 ? i + 2 : i) + ")\n");
        addLines(
                "dependencies that nothing defines",
                i -> "- FR-" + (i + 1) + ": Store it (depends on FR-9" + (i + 1) + "999)\n");
        addLines(
                "every two share a rare word",
                i -> "- Store the " + rare(i / 2) + " that " + rare(i / 2 + 1) + " needs\n");
        addLines("all share all words", i -> "- Store invoice booking ledger parcel voucher contract " + i + "\n");
        addLines(
                "mentions of titles",
                i -> "- "
                        + (i % 2 == 0
                                ? "Create " + rare(i / 2) + " ledger"
                                : "Report all from Create " + rare(i / 2) + " ledger")
                        + "\n");
        addLines(
                "entities",
                i -> "- " + new String[] {"Create", "Update", "Delete", "List"}[i % 4] + " a " + rare(i / 4) + "\n");
        addLines(
                "one entity",
                i -> "- " + new String[] {"Create", "Update", "Delete", "List"}[i % 4] + " the customer record "
                        + rare(i) + "\n");
        addLines(
                "concerns",
                i -> "- The " + rare(i)
                        + " requires a signed-in user, validates input, logs errors and reads settings\n");
    }

    private void components() {
        addLines("components", i -> "## " + rare(i) + " desk\n\n- Store " + word(i) + " " + rare(i) + "\n\n");
        addLines("components of one word", i -> "## desk " + i + "\n\n- Store it " + i + "\n\n");
        addText("one component", size -> "## Desk\n\n" + of(size / 30, i -> "- Store the " + rare(i) + " in a list\n"));
        addText(
                "operations of one name",
                size -> "## Desk\n\n" + of(size / 30, i -> "- Store the (" + i + ") invoice\n"));
        addLines(
                "components that prefix each other",
                i -> "## " + "desk ".repeat(i % 40 + 1) + i + "\n\n- Store it\n\n");
        add("mentions of components", size -> {
            int n = size / 90;
            return text(of(
                    n,
                    i -> "## " + rare(i) + " desk\n\n- Store it for the " + rare((i + 1) % n) + " desk and the "
                            + rare((i * 7) % n) + " desk\n\n"));
        });
    }

    private void nesting() {
        addLines("deep headings", i -> "#".repeat(i % 6 + 1) + " Part " + i + "\n\n- Store " + i + "\n\n");
        addLines("headings only", i -> "#".repeat(i % 6 + 1) + " Part " + i + "\n\n");
        addLines(
                "headings with criteria",
                i -> "### Store " + rare(i) + "\n\nAcceptance criteria:\n\n- It is stored\n- It is found\n\n");
        add("deep list", size -> {
            int depth = (int) Math.sqrt(size);
            return text(of(depth, i -> "  ".repeat(i) + "- Store " + i + "\n"));
        });
        addLines("deep lists again and again", i -> "  ".repeat(i % 50) + "- Store " + i + "\n");
        addText("deep quote", size -> ">".repeat(size / 2) + " - Store it\n");
        addLines("quotes", i -> "> ".repeat(i % 60 + 1) + "- Store " + i + "\n");
        addText("list markers in one line", size -> "- ".repeat(size / 2) + "Store it\n");
        addText("numbered markers in one line", size -> "1. ".repeat(size / 3) + "Store it\n");
        add("blank items", size -> repeated(size, "-\n"));
        addLines("indented lines", i -> " ".repeat(i % 200) + "Store " + i + "\n");
        addText("long list item", size -> "- Store it\n" + of(size / 20, i -> "  and also " + rare(i) + "\n"));
        addText("long criteria", size -> "- Store it\n" + of(size / 20, i -> "  - it has " + rare(i) + "\n"));
        addLines("setext headings", i -> "Part " + i + "\n====\n\n- Store " + i + "\n\n");
        addLines(
                "numbered sections",
                i -> (i % 9 + 1) + "." + (i % 7 + 1) + "." + i + " Store " + rare(i) + "\n\nThe system shall store "
                        + rare(i) + ".\n\n");
    }

    private void lines() {
        addText("one line of words", size -> "- " + of(size / 8, i -> word(i) + " "));
        addText("one line of one letter", size -> "- " + "a".repeat(size));
        addText("one line without a list", size -> "a".repeat(size));
        addText("one paragraph", size -> of(size / 45, i -> "The system shall store " + rare(i) + " and find it. "));
        addText(
                "one paragraph of lines",
                size -> of(size / 45, i -> "The system shall store " + rare(i) + " and find it\n"));
        addText(
                "one sentence of clauses",
                size -> "- The system shall " + of(size / 20, i -> "store " + rare(i) + ", and ") + "stop");
        addText(
                "one sentence of semicolons",
                size -> "- The system shall " + of(size / 20, i -> "store " + rare(i) + "; ") + "stop");
        addText("one sentence of slashes", size -> "- Store " + of(size / 8, i -> rare(i) + "/") + "it");
        addText("path without end", size -> "- Store in " + "a/".repeat(size / 2));
        addLines("many path-like words", i -> "- Store in " + "a/b-".repeat(40) + i + "\n");
        addText("dots", size -> "- Store " + ".".repeat(size));
        addText("dashes", size -> "- Store " + "-".repeat(size));
        addText("dashes and letters", size -> "- Store " + "a-".repeat(size / 2));
        addText("underscores", size -> "- Store " + "a_".repeat(size / 2));
        addText("digits", size -> "- Store " + "1".repeat(size));
        addText("digits and dots", size -> "- Store " + "1.".repeat(size / 2));
        addText("ids in one line", size -> "- Store it (after " + of(size / 8, i -> "FR-" + i + ", ") + ")");
        addText("commas", size -> "- Store " + ", ".repeat(size / 2));
        addText("blanks in a line", size -> "- Store" + " ".repeat(size) + "it");
        addText("tabs in a line", size -> "- Store" + "\t".repeat(size) + "it");
        addText("blank lines", size -> "- Store it\n" + "\n".repeat(size));
        addText("lines of blanks", size -> "- Store it\n" + (" ".repeat(60) + "\n").repeat(size / 61));
        addText("ands", size -> "- Store " + "and ".repeat(size / 4));
        addText("ors of verbs", size -> "- Users can " + "create, update or delete and ".repeat(size / 29) + "it");
        addText("when then", size -> "- " + "when it is stored then ".repeat(size / 23));
        addText("user story without end", size -> "As a " + "user I want to store so that ".repeat(size / 29));
        addText("quoted words", size -> "- Store " + "'it' ".repeat(size / 5));
        addText("openings of quotes", size -> "- Store " + "\"a ".repeat(size / 3));
        addText("colons", size -> "- " + "a: ".repeat(size / 3));
        addText("urls", size -> "- See " + of(size / 30, i -> "https://example.com/" + rare(i) + " "));
        addText("capital letters", size -> "- " + "A".repeat(size));
        addText("camel case", size -> "- Store " + "aB".repeat(size / 2));
        addText("code words", size -> "- Store " + of(size / 10, i -> "`" + rare(i) + "` "));
    }

    private void markup() {
        for (var bomb :
                "[ ]( [a]( ![ a**b * _ ~ `a``b < <!-- <? <![CDATA[ & &amp; \\ [a] [a][b] <div> <table><tr><td> <b> </ ( ((a) { | \" ' \u201c @ a@b http:// $ :-- {{a}} {{ [TBD] << >> => ->"
                        .split(" ")) addBomb(bomb);
        for (var bomb : List.of(
                "*a _b ",
                "**a ",
                "~a ~~b",
                "<a ",
                "[a]: b\n",
                "***a* b** c*",
                "| a ",
                "```\n",
                "~~~\n",
                "    a\n",
                "***\n",
                "---\n",
                "<div>\n",
                "1)\n",
                "+ \n",
                "# \n",
                "[ ] ",
                "- [ ] a\n",
                "<!-- a -->",
                "- a\n\n\n",
                "a\n---\n",
                "a | b\n--|--\n",
                "> a\n",
                "<a href=\"",
                "TODO ",
                "(a (b ")) addBomb(bomb);
        for (var bomb : List.of("[", "](", "*a _b ", "`", "(", "<a ", "<!--", "[a](", "~~a ", "<td>"))
            add("item bomb " + bomb, size -> text("- Store " + bomb.repeat(size / bomb.length()) + "\n"));
        addText("backticks of every length", size -> "- Store " + of((int) Math.sqrt(size), i -> "`".repeat(i) + "a"));
        addLines("reference definitions", i -> "[a" + i + "]: http://b\n");
        addLines("links to nothing", i -> "- [a" + i + "][b" + i + "]\n");
        addLines("fences that do not close", i -> "```a" + i + "\n- Store\n");
        addLines("html that does not close", i -> "<div>\n- Store " + i + "\n\n");
        addText("html nested", size -> "- Store it\n\n" + "<div>".repeat(size / 11) + "</div>".repeat(size / 11));
        addText(
                "html table",
                size -> "- Store it\n\n<table>"
                        + of(size / 40, i -> "<tr><td>FR-" + i + "</td><td>Store " + i + "</td></tr>\n")
                        + "</table>\n");
        addLines(
                "html tables",
                i -> "<table><tr><th>ID</th><th>Text</th></tr><tr><td>FR-" + i + "</td><td>Store " + i
                        + "</td></tr></table>\n\n");
        addText(
                "html tables nested",
                size -> "- Store it\n\n" + "<table><tr><td>".repeat(size / 30)
                        + "</td></tr></table>".repeat(size / 60));
        addLines("code blocks", i -> "```\n- Store " + i + "\n```\n\n");
        addText(
                "a tree of folders",
                size -> "- Store it\n\n```\n" + of(size / 30, i -> "│   ".repeat(i % 8) + "├── " + rare(i) + ".java\n")
                        + "```\n");
    }

    private void tables() {
        addText(
                "table of rows",
                size -> "| ID | Requirement |\n|---|---|\n"
                        + of(size / 30, i -> "| FR-" + i + " | Store " + rare(i) + " |\n"));
        add("table of columns", size -> {
            int n = size / 30;
            return text("| ID " + "| a ".repeat(n) + "|\n|---" + "|---".repeat(n) + "|\n| FR-1 " + "| Store ".repeat(n)
                    + "|\n");
        });
        add("square table", size -> {
            int n = (int) Math.sqrt(size / 4.0);
            return text("| ID " + "| a ".repeat(n) + "|\n|---" + "|---".repeat(n) + "|\n"
                    + of(n, i -> "| FR-" + i + " " + "| b ".repeat(n) + "|\n"));
        });
        add("wide table of short rows", size -> {
            int n = size / 20;
            return text("| ID " + "| a ".repeat(n) + "|\n|---" + "|---".repeat(n) + "|\n"
                    + of(n, i -> "| FR-" + i + " |\n"));
        });
        addLines("tables", i -> "| ID | Requirement |\n|---|---|\n| FR-" + i + " | Store " + i + " |\n\n");
        addText("pipes", size -> "| ID | Requirement |\n|---|---|\n" + "|".repeat(size) + "\n");
        addLines("headers that are tried", i -> "a | b | c " + i + "\n");
    }

    private void characters() {
        addText("combining marks", size -> "- Store a" + "\u0301".repeat(size / 2));
        addText("right to left", size -> "- Store " + "\u202e\u05d0".repeat(size / 5));
        addLines("emoji", i -> "- Store \ud83d\ude00\ud83d\ude00 " + i + "\n");
        addText("lone surrogates", size -> "- Store " + "\ud83d".repeat(size));
        addText("no spaces", size -> "- " + "\u5b58\u50a8\u53d1\u7968".repeat(size / 12));
        addLines("lines of another script", i -> "- \u5b58\u50a8\u53d1\u7968 " + i + "\n");
        addText("carriage returns", size -> "- Store it\r" + "\r".repeat(size));
        addText("line separators", size -> "- Store it" + "\u2028".repeat(size / 3));
        addText("no-break spaces", size -> "- Store" + "\u00a0".repeat(size / 2) + "it");
        addText("final sigmas", size -> "- Store " + "\u03a3".repeat(size / 2));
        addLines("indented sentences", i -> "    The system has to store invoice number " + i + ".\n");
        addText(
                "indented below numbers",
                size -> "    1.1 All\n" + of(size / 40, i -> "     Staff have to store invoice " + i + ".\n"));
        addText(
                "stairs",
                size -> of((int) Math.sqrt(size), i -> " ".repeat(i + 4) + "1." + i + " Staff store it\n")
                        + "    Staff have to store all invoices.\n".repeat(9));
        addLines("dotted capital i", i -> "- Store \u0130\u0130\u0130\u0130 " + i + "\n");
    }

    private void lists() {
        var head = "id,title,dependencies,parent,kind,component,priority\n";
        addText("list: independent", size -> head + of(size / 25, i -> "t" + i + ",Store " + word(i) + ",,,,,\n"));
        addText(
                "list: chain",
                size -> head
                        + of(
                                size / 25,
                                i -> "t" + i + ",Store " + word(i) + "," + (i == 0 ? "" : "t" + (i - 1)) + ",,,,\n"));
        addText(
                "list: all need one",
                size -> head
                        + of(size / 25, i -> "t" + i + ",Store " + word(i) + "," + (i == 0 ? "" : "t0") + ",,,,\n"));
        add("list: one needs all", size -> {
            int n = size / 32;
            return text(head + of(n, i -> "t" + i + ",Store " + word(i) + ",,,,,\n") + "hub,Report,"
                    + String.join(" ", listed(n, i -> "t" + i)) + ",,,,\n");
        });
        addText(
                "list: one whole",
                size -> head + "w,Whole,,,,,\n" + of(size / 25, i -> "t" + i + ",Store " + word(i) + ",,w,,,\n"));
        addText(
                "list: wholes in wholes",
                size -> head
                        + of(
                                size / 30,
                                i -> "t" + i + ",Store " + word(i) + ",," + (i == 0 ? "" : "t" + (i - 1)) + ",,,\n"));
        add("list: wholes that need wholes", size -> {
            int n = (int) Math.sqrt(size / 25.0);
            return text(head
                    + of(
                            n,
                            w -> "w" + w + ",Whole " + w + "," + (w == 0 ? "" : "w" + (w - 1)) + ",,,,\n"
                                    + of(n, i -> "t" + w + "x" + i + ",Store,,w" + w + ",,,\n")));
        });
        add("list: all need a whole", size -> {
            int n = size / 50;
            return text(head + "w,Whole,,,,,\n" + of(n, i -> "t" + i + ",Store,,w,,,\n")
                    + of(n, i -> "u" + i + ",Report,w,,,,\n"));
        });
        addText("list: equal ids", size -> head + of(size / 25, i -> "t,Store " + i + ",,,,,\n"));
        addText(
                "list: ids but for blanks",
                size -> head + of(size / 40, i -> "\"" + cased("abcdefghijklmn q", i) + "\",Store,,,,,\n"));
        add("list: cycle", size -> {
            int n = size / 25;
            return text(head + of(n, i -> "t" + i + ",Store,t" + (i + 1) % n + ",,,,\n"));
        });
        addText(
                "list: components",
                size -> head + of(size / 40, i -> "t" + i + ",Store " + word(i) + ",,,," + rare(i) + ",\n"));
        addText(
                "list: one component",
                size -> head + of(size / 40, i -> "t" + i + ",Store " + word(i) + ",,,,Desk,\n"));
        addText("list: unclosed quote", size -> head + "\"" + "a,\n".repeat(size / 3));
        addText("list: quotes", size -> head + "\"\",".repeat(size / 3));
        addText("list: columns", size -> "id,title,dependencies," + "a,".repeat(size / 2) + "\n1,Store,\n");
    }

    private void structures() {
        add(
                "structure: components",
                size -> structured(
                        of(size / 40, i -> "## " + rare(i) + " desk\n\nStores " + rare(i) + ".\n\n"),
                        "- Store the invoice\n"));
        add("structure: links", size -> {
            int n = size / 60;
            return structured(
                    of(n, i -> "- " + rare(i) + " desk -> " + rare((i + 1) % n) + " desk\n"),
                    "- Store the invoice in the " + rare(1) + " desk\n");
        });
        add(
                "structure: a hub",
                size -> structured(
                        of(size / 40, i -> "- Hub depends on " + rare(i) + " desk\n"),
                        "- Store the invoice in the Hub\n"));
        add(
                "structure: tree",
                size -> structured(
                        "```\n" + of(size / 30, i -> "│   ".repeat(i % 8) + "├── " + rare(i) + ".java\n") + "```\n",
                        "- Store the invoice\n"));
        add(
                "structure and requirements",
                size -> structured(
                        of(size / 80, i -> "- **" + rare(i) + " desk**: stores " + rare(i) + "\n"),
                        of(size / 80, i -> "- Store " + rare(i) + " in the " + rare(i) + " desk\n")));
        add(
                "structure: all use one",
                size -> structured(
                        of(size / 100, i -> "- **" + rare(i) + " desk**: stores " + rare(i) + ", uses the hub\n")
                                + "- **hub**: the hub\n",
                        of(size / 100, i -> "- Store " + rare(i) + " in the " + rare(i) + " desk\n")));
    }

    private void addBomb(String bomb) {
        addText(
                "bomb " + bomb.replace("\n", "\\n"),
                size -> "- Store it\n\n" + bomb.repeat(size / bomb.length()) + "\n");
    }

    private void addLines(String name, IntFunction<String> line) {
        add(name, size -> lines(size, line));
    }

    private void addText(String name, IntFunction<String> ofSize) {
        add(name, size -> text(ofSize.apply(size)));
    }

    private void add(String name, IntFunction<Submission> shape) {
        if (shapes.put(name, shape) != null) throw new IllegalStateException("two shapes are " + name);
    }

    private static Submission lines(int size, IntFunction<String> line) {
        var text = new StringBuilder();
        for (int i = 0; text.length() < size; i++) text.append(line.apply(i));
        return text(text.toString());
    }

    private static Submission repeated(int size, String line) {
        return text(line.repeat(size / line.length()));
    }

    private static String of(int count, IntFunction<String> part) {
        return String.join("", listed(count, part));
    }

    private static List<String> listed(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).toList();
    }

    private static Submission documents(int count, IntFunction<String> content) {
        var documents = IntStream.range(0, count)
                .mapToObj(i -> new Document("d" + i + ".md", content.apply(i)))
                .toList();
        return submission(documents, Optional.empty());
    }

    private static Submission text(String content) {
        return submission(List.of(new Document("REQUIREMENTS.md", content)), Optional.empty());
    }

    private static Submission structured(String structure, String content) {
        return submission(
                List.of(new Document("REQUIREMENTS.md", content)),
                Optional.of(new Document("STRUCTURE.md", structure)));
    }

    private static Submission submission(List<Document> documents, Optional<Document> structure) {
        return new Submission(new PlanId("worst"), documents, structure, List.of(), PlanOptions.DEFAULT);
    }

    private static String stored(int i) {
        return "- FR-" + (i + 1) + ": Store " + word(i);
    }

    private static String word(int i) {
        return WORDS[i % WORDS.length];
    }

    /** A word for each number, none of which means anything. */
    private static String rare(int number) {
        return BenchFigures.word(number) + 'x';
    }

    /** A word with its letters in the case that the bits of a number say. */
    private static String cased(String word, int bits) {
        var cased = new StringBuilder(word);
        for (int i = 0; i < word.length() && i < 31; i++)
            if ((bits >> i & 1) == 1) cased.setCharAt(i, Character.toUpperCase(word.charAt(i)));
        return cased.toString();
    }
}
