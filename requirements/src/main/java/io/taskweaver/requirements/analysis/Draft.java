package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.effort.LimitExceeded;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A requirement while its parts are collected. */
final class Draft {
    private static final Pattern SCENARIO = Pattern.compile("(?i)\\bgiven\\b.{1,200}\\bthen\\b");
    /** Characters; more than two pages. */
    private static final int LONGEST_STATEMENT = 10_000;

    private static final Set<String> DETAILS = Set.copyOf(Words.phrases("""
        why, how, rationale, note, notes, context, background, inputs, outputs, input, output, goal, test strategy,
        why this priority, independent test, mitigation
        """));

    final SourceSpan at;
    Optional<String> id = Optional.empty();
    String title = "";
    boolean done;
    /** What it says of its progress itself. */
    private Optional<Progress> progress = Optional.empty();

    boolean quality;
    boolean boxed;
    int list;
    int number;
    Optional<Component> component;
    private final StringBuilder text = new StringBuilder();
    private final List<String> criteria = new ArrayList<>();
    private final List<Dependence> dependences = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private final List<Trace> traces = new ArrayList<>();
    private final Scope scope;
    private Optional<Importance> importance = Optional.empty();
    private boolean criteriaFollow;
    private boolean dependencesFollow;
    private int boxes;
    private int ticked;

    Draft(Scope scope, SourceSpan at) {
        this.scope = scope;
        this.at = at;
        this.component = scope.component();
    }

    /** A requirement whose steps are all ticked is done. */
    void settleBoxes() {
        if (boxes > 0 && ticked == boxes) say(Progress.DONE);
    }

    /** What the lines were taken for, in the order in which they were read. */
    List<Trace> traces() {
        return traces;
    }

    /** Notes that lines state the requirement. */
    Draft statedAt(SourceSpan where) {
        traces.add(new Trace(where, LineUse.TASK));
        return this;
    }

    /** The text from which the title is taken, without its id. */
    Draft headed(Phrase phrase, SourceSpan where) {
        if (phrase.text().length() > LONGEST_STATEMENT)
            throw new LimitExceeded(
                    "statement",
                    LONGEST_STATEMENT,
                    String.format(
                            Locale.ROOT,
                            "A statement has %,d characters",
                            phrase.text().length()),
                    "Split it into several statements, or move the description to an indented paragraph.",
                    where.path(),
                    where.firstLine());
        statedAt(where);
        var headed = unmarked(phrase);
        for (var tag = Titles.leadingTag(headed.text()); !tag.isEmpty(); tag = Titles.leadingTag(headed.text())) {
            Importance.of(tag).ifPresentOrElse(this::weigh, () -> {});
            tags.add(tag);
            headed = rest(headed, Titles.withoutLeadingTag(headed.text()));
        }
        var stated = Titles.leadingPriority(headed.text());
        if (stated.isPresent()) {
            weigh(stated.get());
            headed = rest(headed, Titles.withoutPriority(headed.text()));
        }
        Importance.within(headed.text()).ifPresent(this::weigh);
        title = Titles.of(headed);
        state(headed.text(), where);
        return this;
    }

    /** What is left of a phrase without its beginning, bold as it was. */
    private static Phrase rest(Phrase phrase, String text) {
        int cut = phrase.text().length() - text.length();
        var lead = phrase.lead().length() > cut ? phrase.lead().substring(cut) : "";
        return new Phrase(text, text.startsWith(lead) ? lead : "", phrase.struck());
    }

    /** A phrase without the marks and remarks that say how far it has come. */
    private Phrase unmarked(Phrase phrase) {
        var found = Progress.marked(phrase.text());
        var marked = id.isPresent() ? Progress.labelled(found) : found;
        if (marked.stated().isEmpty()) return phrase;
        say(marked.stated().get());
        var text = marked.text();
        int at = phrase.text().indexOf(text);
        var lead = phrase.lead().length() > at && at >= 0 ? phrase.lead().substring(at) : "";
        return new Phrase(text, text.startsWith(lead) ? lead : "", phrase.struck());
    }

    /** The first word about its progress counts. */
    void say(Progress stated) {
        if (progress.isEmpty()) progress = Optional.of(stated);
        done |= stated == Progress.DONE;
    }

    /** What is said of all that it stands with, where it says nothing itself. */
    void inherit(Optional<Progress> stated) {
        if (progress.isEmpty()) stated.ifPresent(this::say);
    }

    /** Why it is not to be planned; empty if it is. */
    Optional<Progress> dropped() {
        return progress.filter(Progress::isDropped);
    }

    void weigh(Importance stated) {
        if (importance.isEmpty()) importance = Optional.of(stated);
    }

    /** A line of the description; what it says about dependencies counts. */
    void add(String line, SourceSpan where) {
        if (line.isBlank()) return;
        traces.add(new Trace(where, LineUse.DETAIL));
        state(line, where);
    }

    private void state(String line, SourceSpan where) {
        if (line.isBlank()) return;
        if (!text.isEmpty()) text.append('\n');
        text.append(line.strip());
        dependences.addAll(Dependences.in(line, where));
    }

    void criterion(String criterion, SourceSpan where) {
        if (criterion.isBlank()) return;
        traces.add(new Trace(where, LineUse.CRITERION));
        criteria.add(criterion.strip());
        dependences.addAll(Dependences.in(criterion, where));
    }

    void dependsOn(String listed, SourceSpan where) {
        traces.add(new Trace(where, LineUse.DEPENDENCY));
        Dependences.listed(listed, where).ifPresent(dependences::add);
    }

    void tag(String tag) {
        tags.add(tag);
    }

    Role role() {
        return scope.role();
    }

    /** Whether there is nothing but its statement: no criteria, no steps, nothing that it waits for. */
    boolean isOneStatement() {
        return criteria.isEmpty() && dependences.isEmpty() && !boxed && boxes == 0;
    }

    boolean isEmpty() {
        return title.isBlank() && text.isEmpty() && criteria.isEmpty();
    }

    Optional<Importance> importance() {
        return importance;
    }

    String text() {
        return text.toString();
    }

    /** Whether the blocks below are criteria, until {@link #add} is called for by a label. */
    void expectCriteria(boolean follow) {
        criteriaFollow = follow;
        dependencesFollow = false;
    }

    /** Whether the blocks below name what it needs. */
    void expectDependences(boolean follow) {
        dependencesFollow = follow;
    }

    /** Takes what belongs to the requirement, apart from items that {@code apart} keeps for themselves. */
    void absorb(List<Block> blocks, Predicate<Block.Item> apart) {
        for (var block : blocks) absorb(block, apart);
    }

    private void absorb(Block block, Predicate<Block.Item> apart) {
        switch (block) {
            case Block.Paragraph paragraph -> paragraph(paragraph);
            case Block.Items items -> {
                for (var item : items.items()) if (isPart(item) || !apart.test(item)) item(item, apart);
            }
            case Block.Table table -> table.rows().forEach(row -> criterion(Cells.joined(row), row.at()));
            case Block.Code code -> {
                if (isOfScenarios(code)) {
                    for (var line : code.text().lines().toList()) criterion(line, code.at());
                    return;
                }
                traces.add(new Trace(code.at(), LineUse.DETAIL));
                if (!text.isEmpty()) text.append('\n');
                text.append(
                        "```%s\n%s\n```".formatted(code.language(), code.text().stripTrailing()));
            }
            case Block.Quote quote -> absorb(quote.blocks(), item -> false);
            case Block.Other other -> {}
        }
    }

    /** Whether each line of a fence says what has to hold: "GIVEN a guest WHEN they log in THEN ...". */
    private static boolean isOfScenarios(Block.Code code) {
        var lines = code.text().lines().filter(line -> !line.isBlank()).toList();
        return !lines.isEmpty()
                && lines.stream().allMatch(line -> SCENARIO.matcher(line).find());
    }

    /** Whether an item belongs to the requirement whatever it begins with: "CA1" below "Acceptance criteria" is no id. */
    private boolean isPart(Block.Item item) {
        return (dependencesFollow || criteriaFollow) && item.box() == Block.Box.NONE;
    }

    private void paragraph(Block.Paragraph paragraph) {
        for (var line : RunningText.lines(paragraph)) {
            var phrase = line.phrase();
            if (phrase.isBlank() || labelled(phrase, line.at())) continue;
            if (title.isEmpty()) title = Titles.of(phrase);
            add(phrase.text(), line.at());
        }
    }

    private void item(Block.Item item, Predicate<Block.Item> apart) {
        var phrase = item.phrase();
        var own = item.ownSpan();
        if (item.box() != Block.Box.NONE) boxes++;
        if (item.box() == Block.Box.TICKED) ticked++;
        boolean depends = dependencesFollow;
        if (depends && !phrase.isBlank()) dependsOn(phrase.text(), own);
        else if (!phrase.isBlank() && !labelled(phrase, own)) criterion(phrase.text(), own);
        boolean before = criteriaFollow;
        absorb(item.blocks(), apart);
        criteriaFollow = before;
        dependencesFollow = depends;
    }

    /** Takes a line that begins with a label which says what the line is; whether there was one. */
    private boolean labelled(Phrase phrase, SourceSpan where) {
        var label = phrase.label();
        if (label.isEmpty()) {
            var role = phrase.isBold() || isBareWord(phrase) ? Role.of(phrase.text()) : Role.NEUTRAL;
            boolean follow = role == Role.CRITERIA || role == Role.ORDER;
            if (!follow) return false;
            criteriaFollow |= role == Role.CRITERIA;
            dependencesFollow = role == Role.ORDER;
            traces.add(new Trace(where, LineUse.DETAIL));
            return true;
        }
        traces.add(new Trace(where, LineUse.DETAIL));
        var rest = phrase.afterLabel().strip();
        var role = Role.of(label);
        if (Cells.isPriority(label)) Importance.of(rest).ifPresent(this::weigh);
        else if (role == Role.ORDER || Cells.isDependency(label)) {
            if (rest.isEmpty()) dependencesFollow = true;
            else dependsOn(rest, where);
        } else if (Cells.isStatus(label)) Progress.of(rest).ifPresent(this::say);
        else if (Cells.isId(label))
            id = id.or(() -> Optional.of(rest.replace("`", "")).filter(Ids::isPlausible));
        else if (Cells.isText(label)) {
            criteriaFollow = false;
            if (title.isEmpty()) title = Titles.ofText(rest);
            add(rest, where);
        } else if (DETAILS.contains(label.toLowerCase(Locale.ROOT)) || Cells.isAbout(label))
            add(label + ": " + rest, where);
        else if (role == Role.CRITERIA) {
            criteriaFollow = true;
            criterion(rest, where);
        } else return false;
        return true;
    }

    /** "Dependencies" above the items of a list. */
    private static boolean isBareWord(Phrase phrase) {
        return Words.plain(phrase.text()).size() <= 2;
    }

    /** The finished requirement. */
    Requirement requirement() {
        var fullTitle = title.isBlank() ? Titles.ofText(text.isEmpty() ? criteria.getFirst() : text()) : title;
        var active = component
                .map(part -> Titles.withoutSubject(fullTitle, part.name()))
                .orElse(fullTitle);
        var shown = active.isBlank() ? id.orElse("Requirement") : active;
        return new Requirement(
                id,
                shown,
                text.isEmpty() ? shown : text(),
                criteria,
                quality ? Optional.empty() : component,
                scope.headings(),
                quality,
                scope.process(),
                done,
                importance,
                dependences,
                list,
                number,
                tags,
                Optional.empty(),
                at);
    }
}
