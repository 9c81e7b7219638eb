package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.document.Section;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What was found in one document so far. */
final class Findings {
    private static final int MOST_NAMED_LINES = 8;
    private static final Pattern REMARK = Pattern.compile("\\s[(\\[]");

    /** How sure it is that something is asked for, surest first: the surest kind present in a document is taken. */
    enum Tier {
        /** It has an id. */
        NUMBERED,
        /** It can be ticked off, or a section of requirements holds it. */
        STATED,
        /** It is a step of a roadmap. */
        STEP,
        /** It is listed where nothing says otherwise. */
        LISTED,
        /** It binds something rather than asks for it. */
        BINDING
    }

    /**
     * Something that may be asked for.
     *
     * @param boxed whether it can be ticked off
     * @param role of where it stands
     * @param traces lines that it was made of
     */
    record Candidate(Tier tier, boolean boxed, Role role, Requirement requirement, List<Trace> traces) {
        Candidate {
            traces = List.copyOf(traces);
        }

        Candidate with(Requirement changed) {
            return new Candidate(tier, boxed, role, changed, traces);
        }
    }

    /**
     * What is said of a statement where it is not stated.
     *
     * @param id of the statement
     * @param dependences what it is said to need
     * @param progress how far it is said to have come
     * @param importance how much it is said to matter
     */
    record Mention(
            String id,
            List<Dependence> dependences,
            Optional<Progress> progress,
            Optional<Importance> importance,
            SourceSpan at) {
        Mention {
            dependences = List.copyOf(dependences);
        }

        /** Whether it is said that it will not be done. */
        boolean isDropped() {
            return progress.filter(Progress::isDropped).isPresent()
                    || importance.filter(Importance.NONE::equals).isPresent();
        }
    }

    /** Lines, and what they are for. */
    record Note(SourceSpan at, String words) {}

    final List<Candidate> candidates = new ArrayList<>();
    /** What was asked for below which heading. */
    private final Set<String> said = new HashSet<>();

    private final Set<Candidate> introductions = new HashSet<>();
    final List<Statement> constraints = new ArrayList<>();
    final List<Statement> boundaries = new ArrayList<>();
    final List<Component> components = new ArrayList<>();
    final List<Component> entities = new ArrayList<>();
    final List<Requirement> unfilled = new ArrayList<>();
    /** Sections with sentences that neither ask for anything nor are known to explain. */
    final List<Section> onlyDescribed = new ArrayList<>();

    /** What is still to be answered. */
    final List<Statement> questions = new ArrayList<>();

    /** What is said elsewhere about the order of statements. */
    final List<Orders.Entry> orders = new ArrayList<>();

    final List<Orders.GroupNeed> groupNeeds = new ArrayList<>();
    /** What is said elsewhere of statements that have ids. */
    final List<Mention> mentions = new ArrayList<>();
    /** Statements that say what they are a part of. */
    final List<Parts.Claim> claims = new ArrayList<>();
    /** Words that a glossary explains, in its order. */
    final List<String> terms = new ArrayList<>();
    /** Lines that name a component, with its name. */
    final List<Note> named = new ArrayList<>();
    /** Lines of which nothing may be made, with the reason; later ones are surer. */
    final List<Note> passed = new ArrayList<>();

    private int lists;

    /** How many statements were found so far. */
    int statements() {
        return candidates.size()
                + constraints.size()
                + boundaries.size()
                + unfilled.size()
                + mentions.size()
                + orders.size();
    }

    /** How many of them ask for something, or bind, order or repeat what does. */
    int asked() {
        return statements() - constraints.size() - boundaries.size();
    }

    int nextList() {
        return ++lists;
    }

    void candidate(Tier tier, Draft draft) {
        if (draft.isEmpty()) return;
        boolean dropped = draft.importance().filter(Importance.NONE::equals).isPresent()
                || draft.dropped().isPresent();
        var requirement = draft.requirement();
        boolean forbids = tier == Tier.NUMBERED && draft.isOneStatement() && Modality.onlyForbids(draft.text());
        if (forbids) constraints.add(Statement.of(requirement));
        else if (dropped) boundaries.add(Statement.of(requirement));
        else if (isUnfilled(requirement)) unfilled.add(requirement);
        else {
            candidates.add(new Candidate(tier, draft.boxed, draft.role(), requirement, draft.traces()));
            said.add(key(requirement.section(), requirement.title()));
        }
    }

    /** Whether something was asked for by the same words below a heading of the same name: "Products: Show". */
    boolean isSaid(List<String> section, String text) {
        return said.contains(key(section, text));
    }

    /** Remarks in brackets aside, and one or many the same. */
    private static String key(List<String> section, String text) {
        var named = REMARK.split(text, 2)[0];
        return (section.isEmpty() ? "" : section.getLast()) + "\n" + String.join(" ", Words.singulars(named));
    }

    /** The last statement stands in a paragraph right below the title of the document. */
    void introducing() {
        if (!candidates.isEmpty()) introductions.add(candidates.getLast());
    }

    /** What a document begins with is about all that its chapters ask for, if they ask for anything. */
    void settleIntroductions() {
        boolean asksBelow = candidates.stream()
                .anyMatch(candidate -> candidate.tier() != Tier.BINDING
                        && candidate.requirement().section().size() > 1);
        if (!asksBelow) return;
        candidates.removeAll(introductions);
        for (var introduction : introductions) pass(introduction.requirement().at(), IgnoredLines.INTRODUCTION);
    }

    /** Brings what is said of a statement elsewhere into it. */
    void settle(List<ReadingNotice> remarks) {
        var settled = Definitions.settled(candidates, mentions, claims, remarks);
        candidates.clear();
        candidates.addAll(settled.kept());
        for (var dropped : settled.dropped()) boundaries.add(Statement.of(dropped.requirement()));
    }

    /** Brings statements that only tell of others into those. */
    void fold(List<ReadingNotice> remarks) {
        var groups = Parts.groups(candidates);
        for (var group : groups.keySet()) pass(group.requirement().at(), IgnoredLines.LABEL);
        var all = groups.isEmpty() ? candidates : Parts.ungrouped(candidates, groups);
        var folded = Retellings.folded(Parts.folded(all, claims, remarks), remarks);
        if (folded == candidates) return;
        candidates.clear();
        candidates.addAll(folded);
    }

    /** Notes why nothing is made of some lines, unless something is. */
    void pass(SourceSpan at, String why) {
        passed.add(new Note(at, why));
    }

    /** Says which placeholders were left out. */
    static ReadingNotice unfilled(List<Requirement> unfilled) {
        var lines = unfilled.stream()
                .limit(MOST_NAMED_LINES)
                .map(requirement -> "" + requirement.at().firstLine())
                .collect(Collectors.joining(", "));
        return new ReadingNotice(
                "unfilled-placeholders",
                unfilled.size() + " placeholders are not filled in and were left out (lines " + lines
                        + (unfilled.size() > MOST_NAMED_LINES ? ", ..." : "") + ").",
                Optional.of(unfilled.getFirst().at()));
    }

    void question(String text, SourceSpan at) {
        questions.add(new Statement(oneLine(text), at));
        pass(at, IgnoredLines.QUESTION);
    }

    /** Says which questions are to be answered. */
    static ReadingNotice open(List<Statement> questions) {
        var named = questions.stream()
                .limit(MOST_NAMED_LINES)
                .map(question ->
                        "'" + question.text() + "' (line " + question.at().firstLine() + ")")
                .collect(Collectors.joining(", "));
        return new ReadingNotice(
                "open-questions",
                "Open questions are not planned: " + named + (questions.size() > MOST_NAMED_LINES ? ", ..." : "")
                        + ". Answer them in the document, or give what is asked for an id or a box.",
                Optional.of(questions.getFirst().at()));
    }

    /** Says which sections may ask for something in words that do not say so. */
    static ReadingNotice described(List<Section> sections) {
        var named = sections.stream()
                .limit(MOST_NAMED_LINES)
                .map(section -> "'" + Headings.withoutNumber(section.heading().text()) + "' (line "
                        + section.headingAt().firstLine() + ")")
                .collect(Collectors.joining(", "));
        return new ReadingNotice(
                "only-described",
                "No task comes from sections that describe something without asking for it: " + named
                        + (sections.size() > MOST_NAMED_LINES
                                ? " and " + (sections.size() - MOST_NAMED_LINES) + " more"
                                : "")
                        + ". Where that is work, give the heading an id, or say what must be.",
                Optional.of(sections.getFirst().headingAt()));
    }

    private static boolean isUnfilled(Requirement requirement) {
        return Placeholders.isUnfilled(requirement.title())
                || (requirement.id().isEmpty() && Placeholders.isUnfilled(requirement.text()));
    }

    void constraint(String text, SourceSpan at) {
        if (!text.isBlank() && !Placeholders.isUnfilled(text)) constraints.add(new Statement(oneLine(text), at));
    }

    void boundary(String text, SourceSpan at) {
        if (!text.isBlank() && !Placeholders.isUnfilled(text)) boundaries.add(new Statement(oneLine(text), at));
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').strip();
    }
}
