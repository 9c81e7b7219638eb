package io.taskweaver.scheduling.planning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Generated documents: a few sections, each about a thing of its own, all in one of the shapes in which people write. */
final class Documents {
    /** How the requirements of a document are written. */
    enum Shape {
        IDS,
        NUMBERED_SENTENCES,
        SENTENCES,
        STORIES,
        BOXES,
        TABLES,
        FEATURES,
        ITEMS
    }

    /** Of each thing its name, the heading above it, who works with it, and two of its attributes. */
    private static final String[][] THINGS = {
        {"invoice", "Invoicing", "accountant", "due date", "currency"},
        {"parcel", "Parcel tracking", "courier", "weight", "destination"},
        {"roster", "Shift rosters", "foreman", "week number", "crew"},
        {"recipe", "Recipe book", "cook", "portion", "ingredient"},
        {"meter", "Meter readings", "technician", "serial plate", "voltage"},
        {"lease", "Leases", "landlord", "deposit", "postcode"},
        {"survey", "Surveys", "pollster", "question", "answer scale"},
        {"voucher", "Vouchers", "cashier", "discount", "campaign"}
    };

    /** {0} is the thing, {1} who works with it, {2} and {3} its attributes; the second follows the first, and so on. */
    private static final String[] WISHES = {
        "create a {0} with its {2} and {3}",
        "list each {0} by {2}",
        "export every {0} of a {1} as CSV",
        "notify the {1} when a {0} changes its {3}",
        "archive a {0} whose {2} has not changed for a whole year",
        "search the archive of {0} entries by {3} and show at most twenty of them on a page",
        "reject a {0} without a {2}"
    };

    /** What a section about something else asks for: verbs that others have too, and no other word of theirs. */
    private static final String[] OTHER_WISHES = {
        "create a {0} under its {2}",
        "print each {0} on paper of its {3}",
        "remind the {1} of a {0} in good time",
        "export a {0} to the bank"
    };

    private final Random random;
    private final Shape shape;
    private int number;

    private Documents(Shape shape, long seed) {
        this.shape = shape;
        this.random = new Random(seed);
    }

    /**
     * A document in parts that can change places.
     *
     * @param begin title and introduction
     * @param sections each with its heading, ending with an empty line
     * @param other a section about a thing that none of the others is about
     */
    record Sections(String begin, List<String> sections, String other) {
        String text() {
            return begin + String.join("", sections);
        }

        /** The same sections in another order. */
        String shuffled(Random random) {
            var moved = new ArrayList<>(sections);
            Collections.shuffle(moved, random);
            return begin + String.join("", moved);
        }

        /** The document with the other section at some place. */
        String with(Random random) {
            var more = new ArrayList<>(sections);
            more.add(random.nextInt(more.size() + 1), other);
            return begin + String.join("", more);
        }
    }

    static Sections of(Shape shape, long seed) {
        return new Documents(shape, seed).sections();
    }

    private Sections sections() {
        var things = new ArrayList<>(List.of(THINGS));
        Collections.shuffle(things, random);
        var sections = new ArrayList<String>();
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) sections.add(section(things.get(i), WISHES));
        if (random.nextBoolean())
            sections.add("## Non-goals\n\n- There is no mobile application in the first year, and no dark mode\n\n");
        if (random.nextBoolean())
            sections.add("## Glossary\n\n- **" + things.getFirst()[0] + "**: what the office calls by this name\n\n");
        var begin =
                "# Office\n\nThe office works on paper today. This document says what replaces the paper, and who gains"
                        + " from it once it is there.\n\n";
        return new Sections(begin, sections, section(things.getLast(), OTHER_WISHES));
    }

    private String section(String[] thing, String[] all) {
        var wishes = new ArrayList<String>();
        for (var wish : all) if (wishes.size() < 2 || random.nextBoolean()) wishes.add(filled(wish, thing));
        var text = new StringBuilder("## ").append(thing[1]).append("\n\n");
        if (shape == Shape.TABLES) text.append("| ID | Requirement | Priority |\n|---|---|---|\n");
        int first = number + 1;
        for (var wish : wishes) text.append(statement(wish, thing, first));
        return text.append("\n").toString();
    }

    private static String filled(String wish, String[] thing) {
        return wish.replace("{0}", thing[0])
                .replace("{1}", thing[2])
                .replace("{2}", thing[3])
                .replace("{3}", thing[4]);
    }

    private String statement(String wish, String[] thing, int first) {
        number++;
        var needs = number > first && random.nextInt(4) == 0 ? " (depends on FR-" + (number - 1) + ")" : "";
        return switch (shape) {
            case IDS -> "- **FR-" + number + "**: The system shall " + wish + needs + "\n";
            case NUMBERED_SENTENCES ->
                "FR-" + number + ": The system shall " + wish
                        + (number > first ? ", and not before it can do what FR-" + (number - 1) + " asks of it" : "")
                        + ".\n\n";
            case SENTENCES -> "The system shall " + wish + ".\n\n";
            case STORIES ->
                "### US-" + number + ": " + upper(wish) + "\n\nAs the " + thing[2] + ", I want to " + wish
                        + ", so that nothing of it has to be written down twice by hand.\n\n"
                        + "Acceptance criteria:\n- Another " + thing[2]
                        + " sees it within two minutes, without loading the page again\n\n";
            case BOXES -> "- [ ] " + upper(wish) + "\n";
            case TABLES -> "| FR-" + number + " | The system shall " + wish + " | High |\n";
            case FEATURES ->
                "### " + upper(wish) + "\n\nThe system shall " + wish + ". Of this the " + thing[2]
                        + " hears before the day is over.\n\n";
            case ITEMS -> "- The " + thing[2] + " shall " + wish + "\n";
        };
    }

    /** The text with lines of at most so many characters, where the words allow it. */
    static String wrapped(String text, int width) {
        return text.lines().map(line -> wrappedLine(line, width)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String wrappedLine(String line, int width) {
        if (line.startsWith("#") || line.startsWith("|")) return line;
        var indent = line.startsWith("- ") ? "  " : "";
        var lines = new StringBuilder();
        int length = 0;
        for (var word : line.split(" ")) {
            // No word of a document may become the mark of an item.
            boolean breaks = length > indent.length() + 5 && length + word.length() > width && !word.startsWith("-");
            if (breaks) lines.append('\n').append(indent);
            else if (length > 0) lines.append(' ');
            length = (breaks ? indent.length() : length + 1) + word.length();
            lines.append(word);
        }
        return lines.toString();
    }

    private static String upper(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
