package io.taskweaver.bench;

import io.taskweaver.domain.document.Document;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Submission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

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
        add("equal titles, other texts", size -> lines(size, i -> "- Store the invoice: as number " + i + "\n"));
        add("equal texts in other sections", size -> lines(size, i -> "## Part " + i + "\n\n- Store the invoice\n\n"));
        add("ids that are equal", size -> repeated(size, "- FR-1: Store the invoice\n"));
        add(
                "ids but for case",
                size -> lines(size, i -> "- " + cased("requirement-abcdefghijklmn-1", i) + ": Store it\n"));
        add("texts but for case", size -> lines(size, i -> "- " + cased("store the very same invoice", i) + "\n"));
        add("numbers only", size -> lines(size, i -> i + ". " + i + "\n"));
        add(
                "sections of the same words",
                size -> lines(size, i -> "## Store invoices\n\n- Users can store invoices\n\n"));
        add(
                "stories of the same role",
                size -> lines(size, i -> "- As a user, I want to store invoice " + i + " so that I can find it\n"));
    }

    private void graphs() {
        add(
                "chain",
                size -> lines(
                        size,
                        i -> "- FR-" + (i + 1) + ": Store " + word(i) + (i == 0 ? "" : " (after FR-" + i + ")")
                                + "\n"));
        add("chain backwards", size -> {
            int n = size / 35;
            return lines(
                    size,
                    i -> "- FR-" + (i + 1) + ": Store " + word(i) + (i >= n ? "" : " (after FR-" + (i + 2) + ")")
                            + "\n");
        });
        add("one hub needs all", size -> {
            int n = size / 35;
            return text(of(n, i -> "- FR-" + (i + 1) + ": Store " + word(i) + "\n") + "- FR-0: Report (after "
                    + String.join(", ", listed(n, i -> "FR-" + (i + 1))) + ")\n");
        });
        add("one hub needs a range", size -> {
            int n = size / 25;
            return text(of(n, i -> "- FR-" + (i + 1) + ": Store " + word(i) + "\n")
                    + "- FR-0: Report (after FR-1 to FR-" + n + ")\n");
        });
        add(
                "all need one hub",
                size -> lines(size, i -> "- FR-" + i + ": Store " + word(i) + (i == 0 ? "" : " (after FR-0)") + "\n"));
        add("all need a range", size -> {
            int n = size / 45;
            return lines(
                    size,
                    i -> "- FR-" + (i + 1) + ": Store " + word(i)
                            + (i < n / 2 ? "" : " (after FR-1 to FR-" + n / 2 + ")") + "\n");
        });
        add("bipartite by lists", size -> {
            int n = (int) Math.sqrt(size / 7.0);
            var all = String.join(", ", listed(n, i -> "FR-" + (i + 1)));
            return text(of(n, i -> "- FR-" + (i + 1) + ": Store " + word(i) + "\n")
                    + of(n, i -> "- NR-" + (i + 1) + ": Report " + word(i) + " (after " + all + ")\n"));
        });
        add("layers", size -> {
            int n = size / 55;
            return lines(
                    size,
                    i -> "- FR-" + (i + 1) + ": Store " + word(i)
                            + (i < 10 ? "" : " (after FR-" + (i - 9) + ", FR-" + (i - 4) + ", FR-" + i + ")") + "\n");
        });
        add("one cycle", size -> {
            int n = size / 35;
            return text(
                    of(n, i -> "- FR-" + (i + 1) + ": Store " + word(i) + " (after FR-" + ((i + 1) % n + 1) + ")\n"));
        });
        add("many cycles in one knot", size -> {
            int n = size / 45;
            return text(of(
                    n,
                    i -> "- FR-" + (i + 1) + ": Store " + word(i) + " (after FR-" + ((i + 1) % n + 1) + ", FR-"
                            + ((i * 7 + 3) % n + 1) + ")\n"));
        });
        add(
                "pairs that wait for each other",
                size -> lines(
                        size, i -> "- FR-" + (i + 1) + ": Store it (after FR-" + (i % 2 == 0 ? i + 2 : i) + ")\n"));
        add(
                "dependencies that nothing defines",
                size -> lines(size, i -> "- FR-" + (i + 1) + ": Store it (depends on FR-9" + (i + 1) + "999)\n"));
        add(
                "every two share a rare word",
                size -> lines(size, i -> "- Store the " + rare(i / 2) + " that " + rare(i / 2 + 1) + " needs\n"));
        add(
                "all share all words",
                size -> lines(size, i -> "- Store invoice booking ledger parcel voucher contract " + i + "\n"));
        add(
                "mentions of titles",
                size -> lines(
                        size,
                        i -> "- "
                                + (i % 2 == 0
                                        ? "Create " + rare(i / 2) + " ledger"
                                        : "Report all from Create " + rare(i / 2) + " ledger")
                                + "\n"));
        add(
                "entities",
                size -> lines(
                        size,
                        i -> "- " + new String[] {"Create", "Update", "Delete", "List"}[i % 4] + " a " + rare(i / 4)
                                + "\n"));
        add(
                "one entity",
                size -> lines(
                        size,
                        i -> "- " + new String[] {"Create", "Update", "Delete", "List"}[i % 4] + " the customer record "
                                + rare(i) + "\n"));
        add(
                "concerns",
                size -> lines(
                        size,
                        i -> "- The " + rare(i)
                                + " requires a signed-in user, validates input, logs errors and reads settings\n"));
    }

    private void components() {
        add(
                "components",
                size -> lines(size, i -> "## " + rare(i) + " desk\n\n- Store " + word(i) + " " + rare(i) + "\n\n"));
        add("components of one word", size -> lines(size, i -> "## desk " + i + "\n\n- Store it " + i + "\n\n"));
        add(
                "one component",
                size -> text("## Desk\n\n" + of(size / 30, i -> "- Store the " + rare(i) + " in a list\n")));
        add(
                "operations of one name",
                size -> text("## Desk\n\n" + of(size / 30, i -> "- Store the (" + i + ") invoice\n")));
        add(
                "components that prefix each other",
                size -> lines(size, i -> "## " + "desk ".repeat(i % 40 + 1) + i + "\n\n- Store it\n\n"));
        add("mentions of components", size -> {
            int n = size / 90;
            return text(of(
                    n,
                    i -> "## " + rare(i) + " desk\n\n- Store it for the " + rare((i + 1) % n) + " desk and the "
                            + rare((i * 7) % n) + " desk\n\n"));
        });
    }

    private void nesting() {
        add(
                "deep headings",
                size -> lines(size, i -> "#".repeat(i % 6 + 1) + " Part " + i + "\n\n- Store " + i + "\n\n"));
        add("headings only", size -> lines(size, i -> "#".repeat(i % 6 + 1) + " Part " + i + "\n\n"));
        add(
                "headings with criteria",
                size -> lines(
                        size,
                        i -> "### Store " + rare(i) + "\n\nAcceptance criteria:\n\n- It is stored\n- It is found\n\n"));
        add("deep list", size -> {
            int depth = (int) Math.sqrt(size);
            return text(of(depth, i -> "  ".repeat(i) + "- Store " + i + "\n"));
        });
        add("deep lists again and again", size -> lines(size, i -> "  ".repeat(i % 50) + "- Store " + i + "\n"));
        add("deep quote", size -> text(">".repeat(size / 2) + " - Store it\n"));
        add("quotes", size -> lines(size, i -> "> ".repeat(i % 60 + 1) + "- Store " + i + "\n"));
        add("list markers in one line", size -> text("- ".repeat(size / 2) + "Store it\n"));
        add("numbered markers in one line", size -> text("1. ".repeat(size / 3) + "Store it\n"));
        add("blank items", size -> repeated(size, "-\n"));
        add("indented lines", size -> lines(size, i -> " ".repeat(i % 200) + "Store " + i + "\n"));
        add("long list item", size -> text("- Store it\n" + of(size / 20, i -> "  and also " + rare(i) + "\n")));
        add("long criteria", size -> text("- Store it\n" + of(size / 20, i -> "  - it has " + rare(i) + "\n")));
        add("setext headings", size -> lines(size, i -> "Part " + i + "\n====\n\n- Store " + i + "\n\n"));
        add(
                "numbered sections",
                size -> lines(
                        size,
                        i -> (i % 9 + 1) + "." + (i % 7 + 1) + "." + i + " Store " + rare(i)
                                + "\n\nThe system shall store " + rare(i) + ".\n\n"));
    }

    private void lines() {
        add("one line of words", size -> text("- " + of(size / 8, i -> word(i) + " ")));
        add("one line of one letter", size -> text("- " + "a".repeat(size)));
        add("one line without a list", size -> text("a".repeat(size)));
        add("one paragraph", size -> text(of(size / 45, i -> "The system shall store " + rare(i) + " and find it. ")));
        add(
                "one paragraph of lines",
                size -> text(of(size / 45, i -> "The system shall store " + rare(i) + " and find it\n")));
        add(
                "one sentence of clauses",
                size -> text("- The system shall " + of(size / 20, i -> "store " + rare(i) + ", and ") + "stop"));
        add(
                "one sentence of semicolons",
                size -> text("- The system shall " + of(size / 20, i -> "store " + rare(i) + "; ") + "stop"));
        add("one sentence of slashes", size -> text("- Store " + of(size / 8, i -> rare(i) + "/") + "it"));
        add("path without end", size -> text("- Store in " + "a/".repeat(size / 2)));
        add("many path-like words", size -> lines(size, i -> "- Store in " + "a/b-".repeat(40) + i + "\n"));
        add("dots", size -> text("- Store " + ".".repeat(size)));
        add("dashes", size -> text("- Store " + "-".repeat(size)));
        add("dashes and letters", size -> text("- Store " + "a-".repeat(size / 2)));
        add("underscores", size -> text("- Store " + "a_".repeat(size / 2)));
        add("digits", size -> text("- Store " + "1".repeat(size)));
        add("digits and dots", size -> text("- Store " + "1.".repeat(size / 2)));
        add("ids in one line", size -> text("- Store it (after " + of(size / 8, i -> "FR-" + i + ", ") + ")"));
        add("commas", size -> text("- Store " + ", ".repeat(size / 2)));
        add("blanks in a line", size -> text("- Store" + " ".repeat(size) + "it"));
        add("tabs in a line", size -> text("- Store" + "\t".repeat(size) + "it"));
        add("blank lines", size -> text("- Store it\n" + "\n".repeat(size)));
        add("lines of blanks", size -> text("- Store it\n" + (" ".repeat(60) + "\n").repeat(size / 61)));
        add("ands", size -> text("- Store " + "and ".repeat(size / 4)));
        add("ors of verbs", size -> text("- Users can " + "create, update or delete and ".repeat(size / 29) + "it"));
        add("when then", size -> text("- " + "when it is stored then ".repeat(size / 23)));
        add("user story without end", size -> text("As a " + "user I want to store so that ".repeat(size / 29)));
        add("quoted words", size -> text("- Store " + "'it' ".repeat(size / 5)));
        add("openings of quotes", size -> text("- Store " + "\"a ".repeat(size / 3)));
        add("colons", size -> text("- " + "a: ".repeat(size / 3)));
        add("urls", size -> text("- See " + of(size / 30, i -> "https://example.com/" + rare(i) + " ")));
        add("capital letters", size -> text("- " + "A".repeat(size)));
        add("camel case", size -> text("- Store " + "aB".repeat(size / 2)));
        add("code words", size -> text("- Store " + of(size / 10, i -> "`" + rare(i) + "` ")));
    }

    private void markup() {
        for (var bomb : List.of(
                "[",
                "](",
                "[a](",
                "![",
                "*a _b ",
                "**a ",
                "a**b",
                "*",
                "_",
                "~",
                "~a ~~b",
                "`a``b",
                "<",
                "<a ",
                "<!--",
                "<?",
                "<![CDATA[",
                "&",
                "&amp;",
                "\\",
                "[a]: b\n",
                "[a]",
                "[a][b]",
                "***a* b** c*",
                "<div>",
                "<table><tr><td>",
                "<b>",
                "</",
                "(",
                "((a)",
                "{",
                "|",
                "| a ",
                "\"",
                "'",
                "\u201c",
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
                "@",
                "a@b",
                "http://",
                "$",
                "- a\n\n\n",
                "a\n---\n",
                "a | b\n--|--\n",
                ":--",
                "> a\n",
                "<a href=\"",
                "{{a}}",
                "{{",
                "[TBD]",
                "TODO ",
                "<<",
                ">>",
                "=>",
                "->",
                "(a (b "))
            add(
                    "bomb " + bomb.replace("\n", "\\n"),
                    size -> text("- Store it\n\n" + bomb.repeat(size / bomb.length()) + "\n"));
        for (var bomb : List.of("[", "](", "*a _b ", "`", "(", "<a ", "<!--", "[a](", "~~a ", "<td>"))
            add("item bomb " + bomb, size -> text("- Store " + bomb.repeat(size / bomb.length()) + "\n"));
        add(
                "backticks of every length",
                size -> text("- Store " + of((int) Math.sqrt(size), i -> "`".repeat(i) + "a")));
        add("reference definitions", size -> lines(size, i -> "[a" + i + "]: http://b\n"));
        add("links to nothing", size -> lines(size, i -> "- [a" + i + "][b" + i + "]\n"));
        add("fences that do not close", size -> lines(size, i -> "```a" + i + "\n- Store\n"));
        add("html that does not close", size -> lines(size, i -> "<div>\n- Store " + i + "\n\n"));
        add("html nested", size -> text("- Store it\n\n" + "<div>".repeat(size / 11) + "</div>".repeat(size / 11)));
        add(
                "html table",
                size -> text("- Store it\n\n<table>"
                        + of(size / 40, i -> "<tr><td>FR-" + i + "</td><td>Store " + i + "</td></tr>\n")
                        + "</table>\n"));
        add(
                "html tables",
                size -> lines(
                        size,
                        i -> "<table><tr><th>ID</th><th>Text</th></tr><tr><td>FR-" + i + "</td><td>Store " + i
                                + "</td></tr></table>\n\n"));
        add(
                "html tables nested",
                size -> text("- Store it\n\n" + "<table><tr><td>".repeat(size / 30)
                        + "</td></tr></table>".repeat(size / 60)));
        add("code blocks", size -> lines(size, i -> "```\n- Store " + i + "\n```\n\n"));
        add(
                "a tree of folders",
                size -> text("- Store it\n\n```\n"
                        + of(size / 30, i -> "│   ".repeat(i % 8) + "├── " + rare(i) + ".java\n") + "```\n"));
    }

    private void tables() {
        add(
                "table of rows",
                size -> text("| ID | Requirement |\n|---|---|\n"
                        + of(size / 30, i -> "| FR-" + i + " | Store " + rare(i) + " |\n")));
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
        add(
                "tables",
                size -> lines(size, i -> "| ID | Requirement |\n|---|---|\n| FR-" + i + " | Store " + i + " |\n\n"));
        add("pipes", size -> text("| ID | Requirement |\n|---|---|\n" + "|".repeat(size) + "\n"));
        add("headers that are tried", size -> lines(size, i -> "a | b | c " + i + "\n"));
    }

    private void characters() {
        add("combining marks", size -> text("- Store a" + "\u0301".repeat(size / 2)));
        add("right to left", size -> text("- Store " + "\u202e\u05d0".repeat(size / 5)));
        add("emoji", size -> lines(size, i -> "- Store \ud83d\ude00\ud83d\ude00 " + i + "\n"));
        add("lone surrogates", size -> text("- Store " + "\ud83d".repeat(size)));
        add("no spaces", size -> text("- " + "\u5b58\u50a8\u53d1\u7968".repeat(size / 12)));
        add("lines of another script", size -> lines(size, i -> "- \u5b58\u50a8\u53d1\u7968 " + i + "\n"));
        add("carriage returns", size -> text("- Store it\r" + "\r".repeat(size)));
        add("line separators", size -> text("- Store it" + "\u2028".repeat(size / 3)));
        add("no-break spaces", size -> text("- Store" + "\u00a0".repeat(size / 2) + "it"));
        add("final sigmas", size -> text("- Store " + "\u03a3".repeat(size / 2)));
        add("dotted capital i", size -> lines(size, i -> "- Store \u0130\u0130\u0130\u0130 " + i + "\n"));
    }

    private void lists() {
        var head = "id,title,dependencies,parent,kind,component,priority\n";
        add("list: independent", size -> text(head + of(size / 25, i -> "t" + i + ",Store " + word(i) + ",,,,,\n")));
        add(
                "list: chain",
                size -> text(head
                        + of(
                                size / 25,
                                i -> "t" + i + ",Store " + word(i) + "," + (i == 0 ? "" : "t" + (i - 1)) + ",,,,\n")));
        add(
                "list: all need one",
                size -> text(head
                        + of(size / 25, i -> "t" + i + ",Store " + word(i) + "," + (i == 0 ? "" : "t0") + ",,,,\n")));
        add("list: one needs all", size -> {
            int n = size / 32;
            return text(head + of(n, i -> "t" + i + ",Store " + word(i) + ",,,,,\n") + "hub,Report,"
                    + String.join(" ", listed(n, i -> "t" + i)) + ",,,,\n");
        });
        add(
                "list: one whole",
                size -> text(head + "w,Whole,,,,,\n" + of(size / 25, i -> "t" + i + ",Store " + word(i) + ",,w,,,\n")));
        add(
                "list: wholes in wholes",
                size -> text(head
                        + of(
                                size / 30,
                                i -> "t" + i + ",Store " + word(i) + ",," + (i == 0 ? "" : "t" + (i - 1)) + ",,,\n")));
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
        add("list: equal ids", size -> text(head + of(size / 25, i -> "t,Store " + i + ",,,,,\n")));
        add(
                "list: ids but for blanks",
                size -> text(head + of(size / 40, i -> "\"" + cased("abcdefghijklmn q", i) + "\",Store,,,,,\n")));
        add("list: cycle", size -> {
            int n = size / 25;
            return text(head + of(n, i -> "t" + i + ",Store,t" + (i + 1) % n + ",,,,\n"));
        });
        add(
                "list: components",
                size -> text(head + of(size / 40, i -> "t" + i + ",Store " + word(i) + ",,,," + rare(i) + ",\n")));
        add(
                "list: one component",
                size -> text(head + of(size / 40, i -> "t" + i + ",Store " + word(i) + ",,,,Desk,\n")));
        add("list: unclosed quote", size -> text(head + "\"" + "a,\n".repeat(size / 3)));
        add("list: quotes", size -> text(head + "\"\",".repeat(size / 3)));
        add("list: columns", size -> text("id,title,dependencies," + "a,".repeat(size / 2) + "\n1,Store,\n"));
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
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) text.append(part.apply(i));
        return text.toString();
    }

    private static List<String> listed(int count, IntFunction<String> part) {
        var all = new ArrayList<String>();
        for (int i = 0; i < count; i++) all.add(part.apply(i));
        return all;
    }

    private static Submission documents(int count, IntFunction<String> content) {
        var documents = new ArrayList<Document>();
        for (int i = 0; i < count; i++) documents.add(new Document("d" + i + ".md", content.apply(i)));
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

    private static String word(int i) {
        return WORDS[i % WORDS.length];
    }

    /** A word for each number, none of which means anything. */
    private static String rare(int number) {
        var word = new StringBuilder();
        int left = number;
        do {
            word.append("bdfgklmnprstvz".charAt(left % 14)).append("aeiou".charAt(left / 14 % 5));
            left /= 70;
        } while (left > 0);
        return word.append('x').toString();
    }

    /** A word with its letters in the case that the bits of a number say. */
    private static String cased(String word, int bits) {
        var cased = new StringBuilder(word);
        for (int i = 0; i < word.length() && i < 31; i++)
            if ((bits >> i & 1) == 1) cased.setCharAt(i, Character.toUpperCase(word.charAt(i)));
        return cased.toString();
    }
}
