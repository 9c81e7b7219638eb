package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.text.Beginnings;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
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
    /** What may be said at the end of a statement: behind a sentence, a colon, a comma, a mark. */
    private static final Pattern LAST_SENTENCE =
            Pattern.compile("[.!?。！？]['’\"”)]?(?:\\s+|(?<=[。！？]))([^.!?。！？]{1,40}?)[.!。！]?\\s*$");

    private static final Pattern BEHIND_COLON = Pattern.compile("\\s*[:：]\\s*([^:：]{1,40}?)[.。]?\\s*$");
    private static final Pattern BEHIND_COMMA = Pattern.compile("[,，、]\\s*([^,，、]{1,40}?)[.。]?\\s*$");
    private static final Pattern BEHIND_MARK = Pattern.compile("\\s([" + DONE_MARKS + REJECTED_MARKS + UNDER_WAY_MARKS
            + OPEN_MARKS + "]\\uFE0F?\\s*[^()\\[\\]]{1,40}?)[.。]?\\s*$");
    private static final Pattern LABELLED =
            Pattern.compile("^([\\p{L}\\p{M}'’ /-]{2,30}?)\\s*(?:[:：]|\\s[–—-]\\s)\\s*(?=\\S)");
    private static final Pattern SAYS = Pattern.compile(
            "(?:(" + Lexicon.pattern("status.rejected.said") + ")|(" + Lexicon.pattern("status.deferred.said") + ")|"
                    + Lexicon.pattern("status.done.said") + ")([^.。]{0,40}?)[.。]?\\s*$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Beginnings SAYINGS =
            Lexicon.beginnings("status.rejected.said", "status.deferred.said", "status.done.said");
    /** What a version or date is written with. */
    private static final Pattern NUMBERS = Pattern.compile("[\\p{N}.．/年月日-]+");

    private static final Pattern REMARK = Pattern.compile("\\s*[(（\\[][^()（）\\[\\]]*[)）\\]]");
    /** What is said behind it is about the words before. */
    private static final Pattern SUBTITLE = Pattern.compile("\\s+[-–—]+\\s+|[:：]");

    private static final Pattern ONLY = Pattern.compile("^[(（\\[]([^()（）\\[\\]]+)[)）\\]]$");
    private static final Pattern CHECKED = Pattern.compile("^\\[[xX]]\\s*");
    private static final List<String> UNDER_WAY_KINDS = List.of("status.progress", "status.review");
    private static final int MOST_WORDS = 5;
    private static final int MOST_WORDS_IN_REMARK = 7;
    private static final String BRACKETS = ")）]】";
    private static final String DASHES = "–—-";
    /** What sets the last words of a statement off, beside emoji and the marks of scripts behind the Arabic one. */
    private static final String SET_OFF = ".!?:,";

    private static final char LAST_LETTER = 0x06FF;
    /** Characters at the end of a statement that may say how far it has come. */
    private static final int LONGEST_SAID = 80;

    /** Words of a sentence that may stand before the words that say how far it has come. */
    private static final int MOST_WORDS_BEFORE = 10;
    /** Of phrases of one length, the first kind counts. */
    private static final List<String> KINDS =
            List.of("status.rejected", "status.deferred", "status.progress", "status.review", "status.done");

    private static final Beginnings STATES = Lexicon.beginnings(KINDS.toArray(String[]::new));

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
        if (mayClose(text) && closing.find() && closing.start() > 0) {
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
        return said(text);
    }

    /** Whether a text ends with a bracket, or has a dash between blanks near its end. */
    private static boolean mayClose(String text) {
        boolean isEnd = true;
        for (int at = text.length() - 1; at > 0; at--) {
            char c = text.charAt(at);
            if (isEnd && BRACKETS.indexOf(c) >= 0) return true;
            isEnd = isEnd && (Character.isWhitespace(c) || c == '*' || c == '_' || c == '.');
            if (DASHES.indexOf(c) >= 0 && Character.isWhitespace(text.charAt(at - 1))) return true;
        }
        return false;
    }

    /** "Print labels: done", "Print labels. Done.", "Print labels ✔ done", "Printing labels has been dropped". */
    private static Marked said(String text) {
        var end = text.substring(Math.max(0, text.length() - LONGEST_SAID));
        boolean mayBeSaid = end.chars().anyMatch(c -> SET_OFF.indexOf(c) >= 0 || c > LAST_LETTER);
        if (text.isBlank() || !mayBeSaid || !STATES.areIn(end))
            return sentence(text).orElse(new Marked(text, Optional.empty()));
        var mark = atEnd(BEHIND_MARK, text);
        if (mark.isPresent()) {
            var words = mark.get().group(1);
            if (exactly(withoutLeadingMark(words)).isPresent())
                return new Marked(text.substring(0, mark.get().start()).strip(), leadingMark(words));
        }
        return exactly(LAST_SENTENCE, text, 1)
                .or(() -> exactly(BEHIND_COLON, text, 0).filter(said -> !namesStatus(said.text())))
                .or(() -> exactly(BEHIND_COMMA, text, 0)
                        .filter(said -> hasNumber(text.substring(said.text().length()))))
                .or(() -> sentence(text))
                .orElse(new Marked(text, Optional.empty()));
    }

    /** A match near the end of a text; what stands far from it is not looked through. */
    private static Optional<Matcher> atEnd(Pattern pattern, String text) {
        var matcher = pattern.matcher(text).region(Math.max(0, text.length() - LONGEST_SAID), text.length());
        matcher.useTransparentBounds(true);
        return matcher.find() && matcher.start() > 0 ? Optional.of(matcher) : Optional.empty();
    }

    /** A text whose end is a status and nothing else, without it, but with some characters of what sets it off. */
    private static Optional<Marked> exactly(Pattern pattern, String text, int kept) {
        return atEnd(pattern, text)
                .flatMap(end -> exactly(end.group(1))
                        .map(said ->
                                new Marked(text.substring(0, end.start() + kept).strip(), Optional.of(said))));
    }

    private static boolean hasNumber(String text) {
        return text.chars().anyMatch(Character::isDigit);
    }

    /** "The status: done" says what a status is called. */
    private static boolean namesStatus(String text) {
        var words = Words.plain(text);
        return words.isEmpty() || Cells.isStatus(words.getLast());
    }

    private static Optional<Marked> sentence(String text) {
        if (text.isBlank()) return Optional.empty();
        if (!SAYINGS.areIn(text.substring(Math.max(0, text.length() - LONGEST_SAID)))) return Optional.empty();
        return atEnd(SAYS, text).flatMap(says -> {
            var before = text.substring(0, says.start()).strip();
            boolean isStatement = Words.plain(before).size() <= MOST_WORDS_BEFORE
                    && !Modality.isConditional(before)
                    && !Lexicon.mentions("dependence.likely", before)
                    && isVersion(says.group(3));
            var said = says.group(1) != null ? REJECTED : says.group(2) != null ? DEFERRED : DONE;
            return isStatement ? Optional.of(new Marked(before, Optional.of(said))) : Optional.empty();
        });
    }

    /**
     * Reads the words about its progress that a statement with an id begins with: "DONE: Backup". Where there is no id, they
     * may be the name of a state.
     */
    static Marked labelled(Marked marked) {
        if (marked.stated().isPresent() || !STATES.areIn(marked.text())) return marked;
        var label = LABELLED.matcher(marked.text());
        if (!label.find()) return marked;
        var said = exactly(label.group(1));
        return said.isEmpty() ? marked : new Marked(marked.text().substring(label.end()), said);
    }

    /** "Attempted - archived" is archived. */
    private static String last(String remark) {
        var parts = remark.split("\\s[–—-]\\s|[,;/]", -1);
        return parts[parts.length - 1];
    }

    /** What a heading or label says of all that it groups: "Done", "Implemented requirements", "What exists today". */
    static Optional<Progress> ofGroup(String heading) {
        return ofColumn(heading).or(() -> ofNamed(heading)).or(() -> ofExisting(heading));
    }

    /** "Existing features of the shop", "Current release: 2.x — Reports". */
    private static Optional<Progress> ofExisting(String heading) {
        var words = Headings.withoutNumber(heading);
        var exists = Lexicon.opening("heading.existing", words);
        boolean isReleased = exists.isEmpty() && hasNumber(words);
        var opening = isReleased ? Lexicon.opening("heading.released", words) : exists;
        if (opening.isEmpty()) return Optional.empty();
        var before = SUBTITLE.split(REMARK.matcher(words).replaceAll(""), 2)[0];
        var rest = Words.normalised(before);
        boolean isWhole = rest.length() <= opening.length() || isAbout(rest.substring(opening.length()));
        return isWhole ? Optional.of(DONE) : Optional.empty();
    }

    /** "in version 2", "of the shop": what says of what something is, or since when. */
    private static boolean isAbout(String rest) {
        var words = Words.plain(rest);
        return words.isEmpty()
                || Character.isDigit(words.getFirst().charAt(0))
                || Words.isUnspaced(rest.charAt(0))
                || Lexicon.is("status.joining", words.getFirst())
                || Role.isOf(words.getFirst());
    }

    /** What a heading such as "Done" or "In progress" says, as the columns of a board have them. */
    private static Optional<Progress> ofColumn(String heading) {
        var words = Headings.withoutNumber(heading);
        if (exactly(words).filter(DONE::equals).isPresent()) return Optional.of(DONE);
        return Lexicon.first(UNDER_WAY_KINDS, words).isPresent() ? Optional.of(UNDER_WAY) : Optional.empty();
    }

    /** "Implemented requirements", "已实现功能": what a heading says of the things that it names; empty if it says nothing. */
    private static Optional<Progress> ofNamed(String heading) {
        var words = Words.normalised(Headings.withoutNumber(heading));
        var done = Lexicon.opening("status.done", words);
        boolean says = !done.isEmpty() && done.length() < words.length() && !Lexicon.is("generic", done);
        if (!says) return Optional.empty();
        var named = words.substring(done.length());
        return switch (Role.of(named)) {
            case REQUIREMENT, FEATURE -> Optional.of(DONE);
            default ->
                Lexicon.is("heading.parts", named) || Role.isOfSome("heading.feature", named)
                        ? Optional.of(DONE)
                        : Optional.empty();
        };
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
        return exactly(text).or(() -> ofWords(text).filter(Progress::isDropped));
    }

    /** What a text says that is a status and nothing else, but for a version or date: "shipped in 1.2". */
    private static Optional<Progress> exactly(String text) {
        if (!STATES.areIn(text)) return Optional.empty();
        for (var kind : KINDS) {
            var opening = Lexicon.opening(kind, text);
            if (!opening.isEmpty() && isVersion(Words.normalised(text).substring(opening.length())))
                return Optional.of(ofKind(kind));
            // "1.2で実装済み" has its verb at the end.
            var words = text;
            for (var joining : Lexicon.written("status.joining"))
                if (Words.isUnspaced(joining.charAt(0))) words = words.replace(joining, "");
            if (!words.isEmpty() && Lexicon.is(kind, NUMBERS.matcher(words).replaceAll("")))
                return Optional.of(ofKind(kind));
        }
        return Optional.empty();
    }

    private static boolean isVersion(String text) {
        for (var word : Words.plain(text))
            if (word.chars().noneMatch(Character::isDigit) && !Lexicon.is("status.joining", word)) return false;
        return true;
    }

    private static Progress ofKind(String kind) {
        return switch (kind) {
            case "status.rejected" -> REJECTED;
            case "status.deferred" -> DEFERRED;
            case "status.done" -> DONE;
            default -> UNDER_WAY;
        };
    }

    private static Optional<Progress> ofWords(String text) {
        if (!STATES.areIn(text)) return Optional.empty();
        // "Not started" and "not done" begin with no status.
        return KINDS.stream().filter(kind -> opens(kind, text)).findFirst().map(Progress::ofKind);
    }

    private static boolean opens(String kind, String text) {
        var opening = Lexicon.opening(kind, text);
        if (opening.isEmpty()) return false;
        var rest = Words.plain(Words.normalised(text).substring(opening.length()));
        boolean isOfPerson = !rest.isEmpty() && Lexicon.is("status.agent", rest.getFirst());
        boolean isShort = rest.size() <= MOST_WORDS
                || !Lexicon.opening("modal.now", String.join(" ", rest)).isEmpty();
        return isShort && !isOfPerson;
    }
}
