package io.taskweaver.scheduling.inference;

import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The words that tell what type of work a task is, in all languages at once: the kinds {@code work.*} of the table of words.
 */
final class WorkWords {
    private static final int LONGEST_NUMBER = 4;
    private static final char FIRST_HIRAGANA = '\u3041';
    private static final char LAST_HIRAGANA = '\u309F';

    private static final class Shipped {
        static final WorkWords WORDS = new WorkWords();
    }

    private final Map<WorkType, PhraseTable> within = tables("within");
    private final Map<WorkType, PhraseTable> begin = tables("begin");
    private final Map<WorkType, PhraseTable> heading = tables("heading");
    /** What any title has that tells a type. */
    private final PhraseTable anywhere = new PhraseTable();

    private final PhraseTable making = table("work.making");
    private final PhraseTable verbs = table("work.verb");
    private final PhraseTable fillers = table("work.filler");
    private final PhraseTable phases = table("work.phase");
    private final PhraseTable identityMade = table("work.identity.made");
    private final PhraseTable identityNeeded = table("work.identity.needed");

    private WorkWords() {
        for (var type : WorkType.values())
            for (var place : List.of("within", "begin")) {
                var kind = kind(type, place);
                if (Lexicon.has(kind)) Lexicon.written(kind).forEach(anywhere::add);
            }
    }

    private static String kind(WorkType type, String place) {
        return "work." + type.title() + "." + place;
    }

    static WorkWords shipped() {
        return Shipped.WORDS;
    }

    private static Map<WorkType, PhraseTable> tables(String place) {
        var tables = new EnumMap<WorkType, PhraseTable>(WorkType.class);
        for (var type : WorkType.values()) {
            var kind = kind(type, place);
            tables.put(type, Lexicon.has(kind) ? table(kind) : new PhraseTable());
        }
        return tables;
    }

    private static PhraseTable table(String kind) {
        var table = new PhraseTable();
        Lexicon.written(kind).forEach(table::add);
        return table;
    }

    /** The type that the headings above a task tell, innermost first, else its title. */
    WorkType typeOf(String title, List<String> section) {
        var type = typeOf(section);
        return type == WorkType.OTHER ? ofTitle(Words.plain(title)) : type;
    }

    /** The types of many, each section looked at once. */
    List<WorkType> typesOf(List<Subject> subjects) {
        var sections = new HashMap<List<String>, WorkType>();
        var types = new ArrayList<WorkType>();
        for (var subject : subjects) {
            var type = sections.computeIfAbsent(subject.section(), this::typeOf);
            types.add(type == WorkType.OTHER ? ofTitle(Words.plain(subject.title())) : type);
        }
        return types;
    }

    private WorkType typeOf(List<String> section) {
        for (var above : section.reversed()) {
            var type = ofHeading(Words.plain(above));
            if (type != WorkType.OTHER) return type;
        }
        return WorkType.OTHER;
    }

    private WorkType ofTitle(List<String> words) {
        if (!anywhere.isIn(words)) return WorkType.OTHER;
        for (var type : WorkType.values())
            if (table(begin, type).begins(words) || table(within, type).isIn(words)) return type;
        return WorkType.OTHER;
    }

    private WorkType ofHeading(List<String> words) {
        for (var type : WorkType.values()) if (isNothingBut(table(heading, type), words)) return type;
        return WorkType.OTHER;
    }

    private static PhraseTable table(Map<WorkType, PhraseTable> tables, WorkType type) {
        return tables.getOrDefault(type, new PhraseTable());
    }

    private boolean isNothingBut(PhraseTable phrases, List<String> words) {
        boolean said = false;
        for (int at = 0; at < words.size(); ) {
            int length = phrases.at(words, at);
            if (length > 0) said = true;
            else if (!isNumber(words.get(at)) && fillers.at(words, at) == 0) return false;
            at += Math.max(1, length);
        }
        return said;
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(Character::isDigit);
    }

    /** The number of the phase that headings place a task in, innermost first: "Phase 2" is 2. */
    OptionalInt phaseOf(List<String> section) {
        for (var above : section.reversed()) {
            var words = Words.plain(above);
            for (int at = 0; at + 1 < words.size(); at++) {
                var number = words.get(at + 1);
                if (phases.at(words, at) > 0 && isNumber(number) && number.length() <= LONGEST_NUMBER)
                    return OptionalInt.of(Integer.parseInt(number));
            }
        }
        return OptionalInt.empty();
    }

    /** Whether a title says that something is made that was not there. */
    boolean makes(String title) {
        var words = Words.plain(title);
        for (int at = 0; at < words.size(); at++) {
            if (making.at(words, at) > 0) return true;
            if (fillers.at(words, at) == 0 && verbs.at(words, at) == 0) return false;
        }
        return false;
    }

    /** Whether a title asks for what finds out who somebody is. */
    boolean makesIdentity(String title) {
        return identityMade.isIn(Words.plain(title));
    }

    /** Whether a text speaks of what only somebody who is known can have or do. */
    boolean needsIdentity(String text) {
        return identityNeeded.isIn(Words.plain(text));
    }

    /**
     * A text without what says nothing in scripts that have no blanks between words: there, pieces of such words would be
     * taken for words. Of Japanese nothing written in Hiragana is left, which are endings and particles.
     */
    String withoutEmpty(String text) {
        if (text.chars().noneMatch(c -> Words.isUnspaced((char) c))) return text;
        var rest = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            rest.append(c >= FIRST_HIRAGANA && c <= LAST_HIRAGANA ? ' ' : c);
        }
        return verbs.without(making.without(fillers.without(rest.toString())));
    }

    /** Whether a word, by itself, says nothing about what a task is about: what is done to it, and small words. */
    boolean isEmpty(String word) {
        var one = List.of(word);
        return fillers.at(one, 0) > 0 || verbs.at(one, 0) > 0 || making.at(one, 0) > 0;
    }
}
