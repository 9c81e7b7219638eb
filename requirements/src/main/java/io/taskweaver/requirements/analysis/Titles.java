package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes one line that says what to do out of a requirement's text. */
final class Titles {
    private static final int LONGEST = 110;
    private static final int MOST_WORDS_IN_LEAD = 12;
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    /** "The system shall", "Benutzer können": what titles begin without. */
    private static final Pattern SUBJECT = Pattern.compile(
            "^" + Lexicon.pattern("title.subject") + "\\s*" + Lexicon.pattern("title.demand") + "\\s*(?=\\p{L})",
            FLAGS);
    /** What is behind it says what something must be. */
    private static final Pattern STATE =
            Pattern.compile("^" + Lexicon.pattern("title.state") + "|" + Lexicon.pattern("title.state") + "$", FLAGS);

    private static final Pattern NEGATION = Pattern.compile("^" + Lexicon.pattern("modal.negation"), FLAGS);
    private static final Pattern ENDING = Pattern.compile("\\s+" + Lexicon.pattern("title.ending") + "$", FLAGS);
    private static final Pattern ENDPOINT = Pattern.compile(
            "^`?(?:GET|POST|PUT|PATCH|DELETE)\\s+/"
                    + "|(?i:[\\[(](?:get|post|put|patch|delete)[\\])]\\s*`?/|/\\S{1,80}\\s+[\\[(](?:get|post|put|patch|delete)[\\])])");
    private static final Pattern DEMANDING =
            Pattern.compile("\\s*" + Lexicon.pattern("title.demand") + "\\s*(?=\\p{L})", FLAGS);
    private static final Pattern ARTICLE =
            Pattern.compile(Lexicon.pattern("title.article") + "\\s*|l['’](?=\\p{L})", FLAGS);
    /** What is left of "The system shall not" without its subject. */
    private static final Pattern DENIED = Pattern.compile("^(?:not|(never))\\s+(?!be\\b)(?=\\p{L})");

    private static final Pattern NUMBER =
            Pattern.compile("^(?:[0-9]{1,4}[.)]|[0-9]{1,4}(?:\\.[0-9]{1,4})+[.)]?)\\s+(?=\\p{L})");
    private static final Pattern REMARK = Pattern.compile(
            "(?i)\\s*[(\\[](?:depend|blocked by|after|requires|priority|must|should|could|optional|(?:non-?)?functional[)\\]]|p[0-4][)\\]])[^()\\[\\]]*[)\\]]?");
    private static final Pattern BRACKETS =
            Pattern.compile("\\s*(?:\\(([^()]{1,120})\\)|\\[([^\\[\\]]{1,120})]|（([^（）]{1,120})）)");
    private static final Pattern TAG = Pattern.compile("^\\[([A-Za-z][\\p{L}\\p{N} _-]{0,19})]\\s+(?=\\S)");
    private static final Set<String> ABBREVIATIONS = Set.of(
            "e.g", "i.e", "etc", "vs", "approx", "incl", "resp", "no", "art", "sec", "fig", "ch", "vol", "ca", "cf",
            "dr", "mr", "mrs", "ms", "st", "inc", "ltd", "corp", "dept", "min", "max", "z.b", "d.h", "u.a", "bzw",
            "ggf", "usw", "p.ex", "c.-à-d", "nr", "abs", "bspw");
    /** "🔥 3. ", "a. ", "(b) " before what an item says. */
    private static final Pattern COUNTED =
            Pattern.compile("^[^\\p{L}\\p{N}\"'`(（\\[<$#]*\\s*(?:(?:\\p{Nd}{1,3}[.)]|\\(?[a-z][.)])\\s+"
                    + "|(?:[\\p{Nd}一二三四五六七八九十]{1,3}[、．）]|[（(][\\p{Nd}一二三四五六七八九十]{1,3}[)）])\\s*)(?=\\p{L})");
    /** "(P0) ", "Must: " before what an item says: its priority. */
    private static final Pattern WEIGHED =
            Pattern.compile("^(?:[(\\[]([^()\\[\\]]{1,20})[)\\]]|(\\p{L}[\\p{L} ]{1,19}):)\\s+(?=\\p{L})");

    /** Titles say "must", whichever of the two words of a demand the document has. */
    private static final Pattern DEMAND = Pattern.compile("(?<=\\s)(?:shall|SHALL|MUST)(?=\\s)");

    private static final Pattern FOOTNOTE = Pattern.compile("\\[\\^[^\\]\\s]{1,20}]");

    private Titles() {}

    /** The title of a phrase: its bold beginning, if that says something, or its first sentence. */
    static String of(Phrase phrase) {
        var lead = ended(phrase.lead().strip());
        int words = Words.plain(lead).size();
        boolean named = !lead.isEmpty()
                && words <= MOST_WORDS_IN_LEAD
                && (words > 1 || !phrase.isBold())
                && phrase.text().length() > phrase.lead().length() + 1
                && standsApart(phrase);
        return named ? bounded(capitalised(lead)) : ofText(phrase.text());
    }

    /** A text without the priority that it begins with; the priority is the caller's to read. */
    static String withoutPriority(String text) {
        return leadingPriority(text).isEmpty() ? text : WEIGHED.matcher(text).replaceFirst("");
    }

    /** The priority that a text begins with. */
    static Optional<Importance> leadingPriority(String text) {
        // Most texts have neither, and this is asked of every one.
        if (text.indexOf(':') < 0 && !text.startsWith("(") && !text.startsWith("[")) return Optional.empty();
        var match = WEIGHED.matcher(text);
        if (!match.lookingAt()) return Optional.empty();
        var words = match.group(1) == null ? match.group(2) : match.group(1);
        return Words.plain(words).size() > 2 ? Optional.empty() : Importance.of(words);
    }

    /** The title of a text: its first sentence, or the wish of a user story. */
    static String ofText(String numbered) {
        var counted = COUNTED.matcher(NUMBER.matcher(numbered).replaceFirst("")).replaceFirst("");
        var text = withoutNote(FOOTNOTE.matcher(withoutPriority(counted)).replaceAll(""));
        var wish = wish(text);
        var sentence = withoutDemand(ended(withoutRemarks(wish.isEmpty() ? firstSentence(text) : wish)));
        var denied = DENIED.matcher(sentence);
        if (denied.find())
            sentence = (denied.group(1) == null ? "Do not " : "Never ") + sentence.substring(denied.end());
        return bounded(capitalised(sentence));
    }

    /** A text without "(depends on FR-1)", "(priority: high)" and the like. */
    private static String withoutRemarks(String text) {
        return BRACKETS.matcher(REMARK.matcher(text).replaceAll(""))
                .replaceAll(brackets ->
                        Dependences.isOne(inside(brackets)) ? "" : Matcher.quoteReplacement(brackets.group()));
    }

    private static String inside(MatchResult brackets) {
        for (int group = 1; group < brackets.groupCount(); group++)
            if (brackets.group(group) != null) return brackets.group(group);
        return brackets.group(brackets.groupCount());
    }

    /** A sentence without "The system shall", unless it says what the system shall be, or shall not do in another language. */
    private static String withoutDemand(String sentence) {
        var subject = SUBJECT.matcher(sentence);
        if (!subject.find()) return sentence;
        var rest = sentence.substring(subject.end());
        return DENIED.matcher(rest).find() ? rest : demanded(rest).orElse(sentence);
    }

    /** What is to be done by what follows a demand, if it says that. */
    private static Optional<String> demanded(String rest) {
        return STATE.matcher(rest).find() || NEGATION.matcher(rest).find() || rest.startsWith("not ")
                ? Optional.empty()
                : Optional.of(ENDING.matcher(rest).replaceFirst(""));
    }

    private static String withoutNote(String text) {
        var note = Compounds.NOTE.matcher(text);
        return note.find() && note.start() > 0 ? text.substring(0, note.start()) : text;
    }

    /** A title without "The Link Store shall", where it is known that it is about the link store. */
    static String withoutSubject(String title, String subject) {
        var article = ARTICLE.matcher(title);
        int from = article.lookingAt() ? article.end() : 0;
        if (!title.regionMatches(true, from, subject, 0, subject.length())) return title;
        var demand = DEMANDING.matcher(title).region(from + subject.length(), title.length());
        return demand.lookingAt()
                ? demanded(title.substring(demand.end()))
                        .map(Titles::capitalised)
                        .orElse(title)
                : title;
    }

    /** Whether a text names an operation of an interface: "POST /login", "Index ([get] /notes)", "/notes [GET]". */
    static boolean isEndpoint(String text) {
        return ENDPOINT.matcher(text).find();
    }

    /** Whether the text is a user story: "As a ..., I want ...". */
    static boolean isStory(String text) {
        return !wish(text).isEmpty();
    }

    /** What is wished for in a user story; empty if the text is none. */
    static String wish(String text) {
        var lower = Words.lower(text);
        if (!lower.startsWith("as a") && !lower.startsWith("as the") && !lower.startsWith("i want")) return "";
        int want = lower.indexOf("i want ");
        int skipped = "i want ".length();
        if (want < 0) {
            want = lower.indexOf("i need ");
            if (want < 0) {
                want = lower.indexOf("i would like ");
                skipped = "i would like ".length();
            }
        }
        if (want < 0 || want > 200) return "";
        int from = want + skipped;
        if (lower.startsWith("the system to ", from)) from += "the system to ".length();
        else if (lower.startsWith("to ", from)) from += 3;
        int to = text.length();
        for (var end : new String[] {", so that", " so that", ", in order to", ". "}) {
            int at = lower.indexOf(end, from);
            if (at > from) to = Math.min(to, at);
        }
        return text.substring(from, to).strip();
    }

    /** A mark such as {@code [P]} that a text begins with; empty if there is none. */
    static String leadingTag(String text) {
        var tag = TAG.matcher(text);
        return tag.find() ? tag.group(1) : "";
    }

    static String withoutLeadingTag(String text) {
        return TAG.matcher(text).replaceFirst("");
    }

    /** Whether what follows the bold beginning is set off from it. */
    static boolean standsApart(Phrase phrase) {
        if (phrase.lead().stripTrailing().endsWith(":")
                || phrase.lead().stripTrailing().endsWith(".")) return true;
        var rest = phrase.text().substring(phrase.lead().length()).stripLeading();
        return rest.startsWith(":")
                || rest.startsWith("—")
                || rest.startsWith("–")
                || rest.startsWith("- ")
                || rest.startsWith("(");
    }

    static String firstSentence(String text) {
        int newline = text.indexOf('\n');
        var line = newline < 0 ? text : text.substring(0, newline);
        int depth = 0;
        for (int i = 1; i + 1 < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '(') depth++;
            else if (c == ')') depth--;
            boolean stops = ((c == '.' || c == '!' || c == '?') && line.charAt(i + 1) == ' ') || c == '。';
            if (stops && depth <= 0 && !isAbbreviation(line, i)) return line.substring(0, i);
        }
        return line;
    }

    private static boolean isAbbreviation(String line, int dot) {
        int begin = dot;
        while (begin > 0 && (Character.isLetter(line.charAt(begin - 1)) || line.charAt(begin - 1) == '.')) begin--;
        var word = line.substring(begin, dot);
        // "U.S."; a single letter may also be an initial.
        boolean isInitials = word.length() < 6 && word.matches("(?:\\p{Lu}\\.)*\\p{Lu}");
        return isInitials || ABBREVIATIONS.contains(Words.lower(word));
    }

    private static String ended(String text) {
        int end = text.length();
        while (end > 0 && " .:;,。：—–-".indexOf(text.charAt(end - 1)) >= 0) end--;
        return text.substring(0, end).strip();
    }

    private static String capitalised(String text) {
        if (text.isEmpty() || !Character.isLowerCase(text.charAt(0))) return text;
        int word = text.indexOf(' ');
        boolean isName = text.substring(0, word < 0 ? text.length() : word)
                .chars()
                .skip(1)
                .anyMatch(Character::isUpperCase);
        return isName ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String bounded(String said) {
        var text = DEMAND.matcher(said).replaceAll("must");
        if (text.length() <= LONGEST) return text;
        int cut = text.lastIndexOf(' ', LONGEST - 1);
        int end = cut < LONGEST / 2 ? LONGEST - 1 : cut;
        if (Character.isHighSurrogate(text.charAt(end - 1))) end--;
        return ended(text.substring(0, end)) + "…";
    }
}
