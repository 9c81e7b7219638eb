package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How far a document says that something has come. */
enum Progress {
    OPEN,
    UNDER_WAY,
    DONE,
    /** It was decided against. */
    REJECTED,
    /** It is for a later release. */
    DEFERRED;

    private static final String DONE_MARKS = "✅☑✔✓🟢🏁";
    private static final String REJECTED_MARKS = "❌✖✘🚫⛔";
    private static final String UNDER_WAY_MARKS = "🔄🚧⏳🔨🟡🏗";
    private static final String OPEN_MARKS = "📋⬜🔲☐⭕🔴⚪📝🆕";
    private static final Pattern OPENING =
            Pattern.compile("^\\s*[\\[(（【]\\s*([^\\[\\]()（）【】]{1,30}?)\\s*[\\])）】]\\s*[:.–—-]*\\s*");
    private static final Pattern CLOSING = Pattern.compile(
            "(?:[\\s*_]*[(（\\[【]\\s*([^()（）\\[\\]【】]{1,60}?)\\s*[)）\\]】]|\\s+[–—-]+\\s*([^–—()\\[\\]]{1,40}?))[\\s*_.]*$");
    private static final Pattern ONLY = Pattern.compile("^[(（\\[]([^()（）\\[\\]]+)[)）\\]]$");
    private static final Pattern CHECKED = Pattern.compile("^\\[[xX]]\\s*");
    private static final List<String> UNDER_WAY_KINDS = List.of("status.progress", "status.review");
    private static final int MOST_WORDS = 5;
    private static final int MOST_WORDS_IN_REMARK = 7;
    private static final Set<String> JOINING = Set.of(
            "on", "in", "at", "since", "as", "of", "with", "v", "pr", "sprint", "phase", "am", "seit", "le", "the");

    /** Whether nothing of it is to be planned. */
    boolean isDropped() {
        return this == REJECTED || this == DEFERRED;
    }

    /**
     * A text without the marks of progress at its ends.
     *
     * @param stated what they said
     */
    record Marked(String text, Optional<Progress> stated) {}

    /** Reads the marks and remarks that a text begins and ends with. */
    static Marked marked(String text) {
        var rest = text.strip();
        Optional<Progress> stated = Optional.empty();
        for (int i = 0; i < 3; i++) {
            var mark = leadingMark(rest);
            if (mark.isPresent()) {
                stated = stated.or(() -> mark);
                rest = withoutLeadingMark(rest);
                continue;
            }
            var opening = OPENING.matcher(rest);
            if (!CHECKED.matcher(rest).find() && opening.find() && opening.end() < rest.length()) {
                var remark = ofRemark(opening.group(1));
                if (remark.isEmpty()) break;
                stated = stated.or(() -> remark);
                rest = rest.substring(opening.end());
                continue;
            }
            break;
        }
        for (int i = 0; i < 2; i++) {
            var end = trailing(rest);
            if (end.stated().isEmpty()) break;
            var said = end.stated();
            stated = stated.or(() -> said);
            rest = end.text();
        }
        return new Marked(rest, stated);
    }

    private static Marked trailing(String text) {
        var closing = CLOSING.matcher(text);
        if (closing.find() && closing.start() > 0) {
            var inside = closing.group(1) == null ? closing.group(2) : closing.group(1);
            var said = leadingMark(inside).or(() -> ofRemark(inside)).or(() -> ofRemark(last(inside)));
            if (said.isPresent())
                return new Marked(text.substring(0, closing.start()).strip(), said);
        }
        if (!text.isEmpty()) {
            int last = text.codePointBefore(text.length());
            int length = text.length() - Character.charCount(last);
            // A variation selector follows some emoji.
            if (last == 0xFE0F && length > 0) {
                last = text.codePointBefore(length);
                length -= Character.charCount(last);
            }
            var mark = ofMark(last);
            if (mark.isPresent() && length > 0)
                return new Marked(text.substring(0, length).strip(), mark);
        }
        return new Marked(text, Optional.empty());
    }

    /** "Attempted - archived" is archived. */
    private static String last(String remark) {
        var parts = remark.split("\\s[–—-]\\s|[,;/]", -1);
        return parts[parts.length - 1];
    }

    /** What a heading such as "Done" or "In progress" says, as the columns of a board have them. */
    static Optional<Progress> ofColumn(String heading) {
        var words = Headings.withoutNumber(heading);
        if (Lexicon.is("status.done", words)) return Optional.of(DONE);
        return Lexicon.first(UNDER_WAY_KINDS, words).isPresent() ? Optional.of(UNDER_WAY) : Optional.empty();
    }

    /** Whether a text is nothing but a remark about progress, as where all else was struck through. */
    static boolean isOnly(String text) {
        var match = ONLY.matcher(text.strip());
        return match.matches() && of(match.group(1)).isPresent();
    }

    /** What a cell or an attribute says: a mark, or words. */
    static Optional<Progress> of(String text) {
        return leadingMark(text.strip()).or(() -> ofWords(text));
    }

    private static Optional<Progress> leadingMark(String text) {
        return text.isEmpty() ? Optional.empty() : ofMark(text.codePointAt(0));
    }

    private static String withoutLeadingMark(String text) {
        int at = Character.charCount(text.codePointAt(0));
        while (at < text.length() && (text.charAt(at) == 0xFE0F || Character.isWhitespace(text.charAt(at)))) at++;
        return text.substring(at);
    }

    private static Optional<Progress> ofMark(int mark) {
        if (DONE_MARKS.indexOf(mark) >= 0) return Optional.of(DONE);
        if (REJECTED_MARKS.indexOf(mark) >= 0) return Optional.of(REJECTED);
        if (UNDER_WAY_MARKS.indexOf(mark) >= 0) return Optional.of(UNDER_WAY);
        return OPEN_MARKS.indexOf(mark) >= 0 ? Optional.of(OPEN) : Optional.empty();
    }

    /** A remark has to be the status, not to be about it: "(implemented by the server)" is none. */
    private static Optional<Progress> ofRemark(String text) {
        if (Words.plain(text).size() > MOST_WORDS_IN_REMARK) return Optional.empty();
        return ofWords(text).filter(said -> said.isDropped() || isBare(said, text));
    }

    /** "Done", "completed 2026-03-01", "in progress, 40 %", but not "done by the server". */
    private static boolean isBare(Progress said, String text) {
        var opening = said == DONE ? Lexicon.opening("status.done", text) : underWay(text);
        for (var word : Words.plain(Words.normalised(text).substring(opening.length())))
            if (word.chars().noneMatch(Character::isDigit) && !JOINING.contains(word)) return false;
        return true;
    }

    private static String underWay(String text) {
        var opening = Lexicon.opening("status.progress", text);
        return opening.isEmpty() ? Lexicon.opening("status.review", text) : opening;
    }

    private static Optional<Progress> ofWords(String text) {
        // "Not started" and "not done" begin with no status.
        if (opens("status.rejected", text)) return Optional.of(REJECTED);
        if (opens("status.deferred", text)) return Optional.of(DEFERRED);
        if (opens("status.progress", text) || opens("status.review", text)) return Optional.of(UNDER_WAY);
        if (opens("status.done", text)) return Optional.of(DONE);
        return Optional.empty();
    }

    private static boolean opens(String kind, String text) {
        var opening = Lexicon.opening(kind, text);
        if (opening.isEmpty()) return false;
        var rest = Words.plain(Words.normalised(text).substring(opening.length()));
        return rest.size() <= MOST_WORDS;
    }
}
