package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a heading or label says about the text below it. Words decide only where they are all of the heading, or all but words
 * that say nothing: "Deferred payment" is a part of the product, "Deferred features" is not to be done. Structure carries
 * documents whose headings stay {@link #NEUTRAL}.
 */
enum Role {
    /** Nothing known. */
    NEUTRAL,
    /** What is asked for. */
    REQUIREMENT,
    /** Steps of a roadmap. */
    STEPS,
    /** A description of features. */
    FEATURE,
    /** What has to hold when something else is done. */
    CRITERIA,
    /** What binds everything. */
    CONSTRAINT,
    /** What must not happen: each item below completes the sentence that its label begins. */
    PROHIBITION,
    /** What is not to be done, and what is taken for granted. */
    BOUNDARY,
    /** Which of the things that are asked for elsewhere needs which. */
    ORDER,
    /** Explanation: ids and boxes in it count, other text does not. */
    CONTEXT,
    /** Glossary, references, risks, history: nothing in it is asked for. */
    REFERENCE;

    private static final String BOUNDARY_KIND = "heading.boundary";
    private static final String CONSTRAINT_KIND = "heading.constraint";
    /** Of phrases of one length, the first kind counts. */
    private static final List<String> KINDS = List.of(
            BOUNDARY_KIND,
            "heading.criteria",
            "heading.dependency",
            "heading.reference",
            "heading.audience",
            CONSTRAINT_KIND,
            "heading.requirement",
            "heading.feature",
            "heading.steps",
            "heading.context");

    private static final String DEFERRED = "status.deferred";
    private static final List<String> PUT_OFF = List.of(DEFERRED, "status.rejected");
    private static final int ENOUGH_UNSPACED = 4;
    /** Those that name a kind of section whatever is before them. */
    private static final List<String> REFERENCES = Lexicon.all("heading.reference").stream()
            .filter(phrase -> phrase.length() >= ENOUGH_UNSPACED && Words.isUnspaced(phrase.charAt(0)))
            .toList();

    private static final Pattern REMARK = Pattern.compile("\\s*[(（\\[][^()（）\\[\\]]*[)）\\]]");
    private static final Pattern AND =
            Pattern.compile("(?i)\\s*(?:[&/,+、，]|\\s(?:and|or|und|oder|et|ou|y|e|и|および|및)\\s)\\s*");
    /** What is said behind it is about the words before: "Later — adapters for clouds". */
    private static final Pattern SUBTITLE = Pattern.compile("\\s+[-–—]+\\s+|[:：]\\s*(?=\\S)");

    private static final Pattern PROHIBITS = Pattern.compile("(?i)^(?:do not|don['’ ]?t|never)$");
    private static final Set<String> OF = Set.of(
            "of", "for", "in", "by", "an", "nach", "par", "por", "по", "für", "von", "pour", "de", "para", "per", "di",
            "к", "на", "для");
    private static final int MOST_WORDS_IN_PROHIBITION = 8;
    private static final int LONGEST_OPENING = 7;
    private static final int MOST_WORDS_ABOUT_LATER = 4;

    /** What a heading or label says by itself. */
    static Role of(String heading) {
        var text =
                REMARK.matcher(Headings.withoutNumber(heading)).replaceAll(" ").strip();
        if (text.isEmpty()) text = heading.strip();
        var words = Words.plain(text);
        if (words.isEmpty()) return NEUTRAL;
        if (prohibits(text, words)) return PROHIBITION;
        var whole = whole(text);
        if (whole.isPresent()) return whole.get();
        var parts = parts(text);
        if (parts.isPresent()) return parts.get();
        var opening = SUBTITLE.split(text, 2);
        if (opening.length > 1 && whole(opening[0]).filter(BOUNDARY::equals).isPresent()) return BOUNDARY;
        if (isWithMore("heading.audience", text)) return REFERENCE;
        if (isOrdinal(words) || Headings.isStage(text)) return STEPS;
        if (Headings.isNumberedFlow(words)) return CONTEXT;
        if (isExcluding(words) || postpones(text)) return BOUNDARY;
        if (isOf(Lexicon.opening("heading.requirement", text), words)) return REQUIREMENT;
        if (words.getFirst().startsWith("scenario")) return CRITERIA;
        if (endsAsConstraint(words)) return CONSTRAINT;
        if (endsAsReference(words)) return REFERENCE;
        if (words.size() <= LONGEST_OPENING && explains(words)) return CONTEXT;
        return NEUTRAL;
    }

    private static Optional<Role> whole(String text) {
        return Lexicon.kindOf(KINDS, text).map(Role::ofKind);
    }

    private static Role ofKind(String kind) {
        return switch (kind) {
            case BOUNDARY_KIND -> BOUNDARY;
            case "heading.criteria" -> CRITERIA;
            case "heading.dependency" -> ORDER;
            case "heading.reference", "heading.audience" -> REFERENCE;
            case CONSTRAINT_KIND -> CONSTRAINT;
            case "heading.requirement" -> REQUIREMENT;
            case "heading.feature" -> FEATURE;
            case "heading.steps" -> STEPS;
            case "heading.context" -> CONTEXT;
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** "Risks and assumptions": what its parts say, if all say the same, or that they say different things. */
    private static Optional<Role> parts(String text) {
        var parts = AND.split(text, -1);
        if (parts.length < 2) return Optional.empty();
        var roles = new ArrayList<Role>();
        for (var part : parts) {
            if (part.isBlank()) continue;
            var role = whole(part);
            if (role.isEmpty()) return Optional.empty();
            roles.add(role.get());
        }
        if (roles.isEmpty()) return Optional.empty();
        if (roles.stream().distinct().count() == 1) return Optional.of(roles.getFirst());
        // "Goals and non-goals" only has sections of either kind.
        if (roles.contains(BOUNDARY) && roles.contains(CONTEXT)) return Optional.of(CONTEXT);
        if (roles.contains(REQUIREMENT) || roles.contains(FEATURE)) return Optional.of(REQUIREMENT);
        return Optional.of(roles.getFirst());
    }

    /** "Target groups and their priorities": whether a heading begins with words of a kind, and then names something else too. */
    private static boolean isWithMore(String kind, String text) {
        var parts = AND.split(text, 2);
        return parts.length > 1 && Lexicon.is(kind, parts[0]);
    }

    /** "The system shall not:", "Couriers cannot", "Don't". */
    private static boolean prohibits(String text, List<String> words) {
        var bare = text.strip();
        while (bare.endsWith(":") || bare.endsWith("："))
            bare = bare.substring(0, bare.length() - 1).strip();
        if (PROHIBITS.matcher(bare).matches()) return true;
        return words.size() <= MOST_WORDS_IN_PROHIBITION && Modality.endsProhibiting(bare);
    }

    /** "Phase 2", "Sprint 3: Reports". */
    private static boolean isOrdinal(List<String> words) {
        return words.size() > 1
                && Lexicon.is("ordinal", words.getFirst())
                && Character.isDigit(words.get(1).charAt(0));
    }

    /** "What we don't do now", "Out of scope for the first release". */
    private static boolean isExcluding(List<String> words) {
        var text = String.join(" ", words);
        if (words.getFirst().equals("future") && words.size() <= MOST_WORDS_ABOUT_LATER) return true;
        if (words.getFirst().equals("what") && text.contains(" don t ")) return true;
        if (Headings.endsWith("heading.denied", text)) return true;
        var opening = Lexicon.opening(BOUNDARY_KIND, text);
        return opening.split(" ", -1).length > 1 && isOf(opening, words);
    }

    /** Whether a word is one of those that say of what something is. */
    static boolean isOf(String word) {
        return OF.contains(word);
    }

    /** "Features in the depot": whether a text begins with words of a kind, and then says of what. */
    static boolean isOfSome(String kind, String text) {
        return isOf(Lexicon.opening(kind, text), Words.plain(text));
    }

    /** "Deferred stories": whether a heading says of what is asked for that it is put off or given up. */
    private static boolean postpones(String text) {
        var name = Words.normalised(text);
        for (var kind : PUT_OFF) {
            var opening = Lexicon.opening(kind, name);
            if (opening.isEmpty() || opening.length() >= name.length()) continue;
            var named = name.substring(opening.length()).strip();
            var role = whole(named).orElse(NEUTRAL);
            // "Archived tasks" are a feature of a list of tasks.
            if (role == FEATURE || role == REQUIREMENT && kind.equals(DEFERRED)) return true;
        }
        return false;
    }

    /** "Requirements of the depot": whether a heading begins with words, and then says of what. */
    private static boolean isOf(String opening, List<String> words) {
        int count = opening.split(" ", -1).length;
        return !opening.isEmpty() && words.size() > count + 1 && OF.contains(words.get(count));
    }

    /** "API performance requirements". */
    private static boolean endsAsConstraint(List<String> words) {
        for (int from = 1; from < words.size() - 1; from++)
            if (Lexicon.is(CONSTRAINT_KIND, String.join(" ", words.subList(from, words.size())))) return true;
        return false;
    }

    /** "Review checklist", also where words are written as one. */
    private static boolean endsAsReference(List<String> words) {
        var last = words.getLast();
        if (last.equals("checklist")) return true;
        for (var phrase : REFERENCES) if (last.length() > phrase.length() && last.endsWith(phrase)) return true;
        return false;
    }

    private static boolean explains(List<String> words) {
        return switch (words.getFirst()) {
            case "how", "why", "about", "recommended" -> true;
            default -> false;
        };
    }

    /** What a heading of this role says below one of the given role: the outer one wins where it is the stricter. */
    Role below(Role outer) {
        if (this == NEUTRAL) return outer;
        return switch (outer) {
            case BOUNDARY, REFERENCE, ORDER, PROHIBITION -> outer;
            case CONSTRAINT ->
                this == BOUNDARY || this == REFERENCE || this == PROHIBITION || this == ORDER ? this : outer;
            case REQUIREMENT, FEATURE -> this == CONTEXT || this == FEATURE ? outer : this;
            case STEPS -> this == REQUIREMENT || this == FEATURE || this == CONTEXT ? outer : this;
            case NEUTRAL, CRITERIA, CONTEXT -> this;
        };
    }

    /** Whether text below states what is asked for. */
    boolean asks() {
        return switch (this) {
            case NEUTRAL, REQUIREMENT, STEPS, FEATURE -> true;
            case CRITERIA, CONSTRAINT, PROHIBITION, BOUNDARY, ORDER, CONTEXT, REFERENCE -> false;
        };
    }
}
